package io.tributary.service.document.filter;

import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import io.tributary.write.SortKey;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Orders subjects by keys: what is missing comes before null, and all of it the other way round when descending. */
public final class Ordering {

    private static final Comparator<@Nullable Value> MISSING_FIRST = Comparator.nullsFirst(ValueOrder.COMPARATOR);

    private Ordering() {}

    /** Orders by one key after the other. Without keys all are equal. */
    public static Comparator<Subjects> by(List<SortKey> keys) {
        return (a, b) -> {
            for (SortKey key : keys) {
                int order = MISSING_FIRST.compare(a.valueOf(key.subject()), b.valueOf(key.subject()));
                if (order != 0) {
                    return key.descending() ? -order : order;
                }
            }
            return 0;
        };
    }
}
