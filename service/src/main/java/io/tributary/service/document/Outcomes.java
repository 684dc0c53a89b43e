package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.value.Value;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.Return;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** Makes outcomes, with as much detail as the write asked for. */
final class Outcomes {

    /** The compact JSON of a value that is repeated to the caller, at most. */
    private static final int MAX_REPEATED_BYTES = 16 << 10;

    private Outcomes() {}

    static Outcome applied(
            Write write,
            DocumentState after,
            boolean created,
            boolean modified,
            Outcome.Effect effect,
            List<Outcome.Effect> steps,
            List<Outcome.Skipped> skipped) {
        Return answer = write.options().answer();
        boolean minimal = answer == Return.MINIMAL;
        Instant time = after.lifetime() != null && (modified || after.exists())
                ? after.lifetime().time()
                : null;
        return new Outcome.Applied(
                write.document(),
                modified ? after.version() : after.visibleVersion(),
                time,
                created,
                modified,
                minimal ? Outcome.Effect.NONE : abridged(effect),
                minimal ? List.of() : steps.stream().map(Outcomes::abridged).toList(),
                answer == Return.DOCUMENT ? after.data() : null,
                skipped);
    }

    private static Outcome.Effect abridged(Outcome.Effect effect) {
        var changes = new LinkedHashMap<String, Value>();
        var omitted = new ArrayList<String>();
        effect.changes().forEach((path, value) -> {
            if (DocumentLimits.isLarger(value, MAX_REPEATED_BYTES)) {
                omitted.add(path);
            } else {
                changes.put(path, value);
            }
        });
        return omitted.isEmpty() ? effect : new Outcome.Effect(changes, effect.removed(), omitted);
    }
}
