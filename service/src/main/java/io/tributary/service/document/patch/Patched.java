package io.tributary.service.document.patch;

import io.tributary.change.Problem;
import io.tributary.value.MapValue;
import java.util.List;

/** What became of data that was to be patched. */
public sealed interface Patched {

    /** The data afterwards, sharing with the data before what the patch did not touch. */
    record Data(MapValue data) implements Patched {}

    /**
     * The patch does not fit the data; none of it was applied.
     *
     * @param problems at least one; of operators, those of all fields at fault
     */
    record Refused(List<Problem> problems) implements Patched {

        public Refused {
            problems = List.copyOf(problems);
        }
    }
}
