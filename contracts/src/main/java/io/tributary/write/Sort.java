package io.tributary.write;

import java.util.List;

/** How {@code append} sorts an array. The sort is stable. */
public sealed interface Sort {

    /** By the elements themselves. */
    record ByElement(boolean descending) implements Sort {}

    /** By fields of elements that are maps; a missing field comes before null. */
    record ByFields(List<SortKey> keys) implements Sort {

        public ByFields {
            keys = List.copyOf(keys);
        }
    }
}
