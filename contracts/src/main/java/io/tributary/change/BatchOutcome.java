package io.tributary.change;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a batch that reached its documents. */
public sealed interface BatchOutcome {

    /**
     * All writes were applied, together.
     *
     * @param id the batch's id, null when it has none
     * @param time when it was committed
     * @param results what each write did, in the order of the batch
     */
    record Applied(@Nullable String id, Instant time, List<Outcome.Applied> results) implements BatchOutcome {

        public Applied {
            results = List.copyOf(results);
        }
    }

    /**
     * No write was applied.
     *
     * @param problem why: of the first write that was refused, with its {@code index}, or a {@code conflict} with the
     *     {@code stale} documents
     */
    record Refused(Problem problem) implements BatchOutcome {}
}
