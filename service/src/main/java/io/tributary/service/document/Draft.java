package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.value.MapValue;
import java.util.List;
import java.util.stream.Stream;

/** What an action makes of a document, before its schema has judged it. */
sealed interface Draft {

    /**
     * The data afterwards.
     *
     * @param steps the effect of each step of an update that has several, else empty
     * @param skipped the operators that could not be applied and were left out
     */
    record Data(MapValue data, List<Outcome.Effect> steps, List<Outcome.Skipped> skipped) implements Draft {

        Data(MapValue data) {
            this(data, List.of(), List.of());
        }

        /** This with more that was left out. */
        Data with(List<Outcome.Skipped> more) {
            return more.isEmpty()
                    ? this
                    : new Data(
                            data,
                            steps,
                            Stream.concat(more.stream(), skipped.stream()).toList());
        }
    }

    /** @param problems at least one */
    record Refused(List<Problem> problems) implements Draft {}
}
