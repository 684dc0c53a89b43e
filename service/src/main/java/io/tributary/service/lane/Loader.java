package io.tributary.service.lane;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Gets what the entries of a batch work on: the documents that they name and the outcomes of their ids. Belongs to the
 * committer's thread, the scheduler's, on which it also emits.
 */
final class Loader {

    private final Batcher batcher;
    private final Session session;
    private final Scheduler scheduler;

    Loader(Batcher batcher, Session session, Scheduler scheduler) {
        this.batcher = batcher;
        this.session = session;
        this.scheduler = scheduler;
    }

    /**
     * Looks first at what a plan under way will have made of documents, then into the caches of the lanes, and asks the
     * store for the rest; what is known already is emitted at once.
     *
     * @param underWay a plan that is being committed, null for none
     */
    Mono<Loaded> load(Map<Integer, List<Entry>> batch, @Nullable Plan underWay) {
        Map<DocumentName, DocumentState> documents = new HashMap<>();
        Set<DocumentName> unknown = new LinkedHashSet<>();
        documents(batch).forEach((name, lane) -> {
            DocumentState known = known(lane, name, underWay);
            if (known != null) {
                documents.put(name, known);
            } else {
                unknown.add(name);
            }
        });
        Map<IdempotencyKey, Loaded.Outcome> outcomes = new HashMap<>();
        Set<IdempotencyKey> unheardOf = new LinkedHashSet<>();
        for (IdempotencyKey key : keys(batch)) {
            Loaded.Outcome remembered = underWay == null ? null : underWay.remembered(key);
            if (remembered != null) {
                outcomes.put(key, remembered);
            } else {
                unheardOf.add(key);
            }
        }
        if (unknown.isEmpty() && unheardOf.isEmpty()) {
            return Mono.just(new Loaded(documents, outcomes));
        }
        return session.load(unknown, unheardOf).publishOn(scheduler).map(loaded -> {
            documents.putAll(loaded.documents());
            outcomes.putAll(loaded.outcomes());
            return new Loaded(documents, outcomes);
        });
    }

    private @Nullable DocumentState known(int lane, DocumentName name, @Nullable Plan underWay) {
        DocumentState changing = underWay == null ? null : underWay.changed(lane, name);
        return changing == null ? batcher.lane(lane).cached(name) : changing;
    }

    /** The documents that a batch names, each with its lane. */
    Map<DocumentName, Integer> documents(Map<Integer, List<Entry>> batch) {
        Map<DocumentName, Integer> documents = new LinkedHashMap<>();
        batch.forEach((lane, entries) ->
                Plan.documents(sound(batch, entries)).forEach(document -> documents.put(document, lane)));
        return documents;
    }

    /** The keys of those entries of a batch that have an id. */
    Set<IdempotencyKey> keys(Map<Integer, List<Entry>> batch) {
        Set<IdempotencyKey> keys = new LinkedHashSet<>();
        batch.forEach((lane, entries) -> keys.addAll(Plan.keys(lane, sound(batch, entries))));
        return keys;
    }

    /** The entries whose names and ids the store takes. */
    private List<Entry> sound(Map<Integer, List<Entry>> batch, List<Entry> entries) {
        Entry poisoned = batcher.poisoned(batch);
        return poisoned == null
                ? entries
                : entries.stream().filter(entry -> entry != poisoned).toList();
    }
}
