package io.tributary.service.trigger;

import io.tributary.change.ProblemException;
import io.tributary.json.TriggerJson;
import io.tributary.name.CollectionName;
import io.tributary.service.store.Definition;
import io.tributary.trigger.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All triggers as of one moment. Immutable. */
final class TriggerView {

    static final TriggerView EMPTY = new TriggerView(Map.of());

    private static final Logger log = LoggerFactory.getLogger(TriggerView.class);

    private final Map<CollectionName, List<Saved>> byCollection;

    /**
     * A trigger that is kept.
     *
     * @param since what was committed before this moment does not fire it
     */
    record Saved(Definition.Key key, Trigger trigger, Instant since) {

        String name() {
            return key.name();
        }
    }

    private TriggerView(Map<CollectionName, List<Saved>> byCollection) {
        this.byCollection = byCollection;
    }

    /** The triggers among these definitions. */
    static TriggerView of(Collection<Definition> definitions) {
        return new TriggerView(definitions.stream()
                .filter(definition -> definition.key().kind() == Definition.Kind.TRIGGER)
                .flatMap(TriggerView::saved)
                .collect(Collectors.groupingBy(saved -> saved.trigger().collection())));
    }

    private static Stream<Saved> saved(Definition definition) {
        try {
            Trigger trigger = TriggerJson.readStored(
                    definition.key().database(), definition.body().getBytes(StandardCharsets.UTF_8));
            return Stream.of(new Saved(definition.key(), trigger, definition.createdAt()));
        } catch (ProblemException refused) {
            log.error(
                    "The trigger {} is not fired: this release cannot use it: {}",
                    definition.key(),
                    refused.getMessage());
            return Stream.empty();
        }
    }

    boolean isEmpty() {
        return byCollection.isEmpty();
    }

    /** Since when the oldest trigger waits; there has to be one. */
    Instant oldest() {
        return byCollection.values().stream()
                .flatMap(List::stream)
                .map(Saved::since)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The triggers that a change fires. */
    List<Saved> firedBy(Occurrence occurrence) {
        if (!occurrence.change().origin().fireTriggers()) {
            return List.of();
        }
        return byCollection.getOrDefault(occurrence.change().document().parent(), List.of()).stream()
                .filter(saved ->
                        !occurrence.change().time().isBefore(saved.since()) && occurrence.fires(saved.trigger()))
                .toList();
    }
}
