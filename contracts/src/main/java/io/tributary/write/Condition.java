package io.tributary.write;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must hold for a write to be applied; everything that is not null must.
 *
 * @param exists whether the document exists
 * @param version its version; 0 when it does not exist
 * @param time when its last change was committed
 * @param where a filter over its data
 */
public record Condition(
        @Nullable Boolean exists, @Nullable Long version, @Nullable Instant time, @Nullable Filter where) {

    /** Always holds. */
    public static final Condition NONE = new Condition(null, null, null, null);

    public static Condition exists(boolean exists) {
        return new Condition(exists, null, null, null);
    }

    public static Condition version(long version) {
        return new Condition(null, version, null, null);
    }

    public static Condition where(Filter filter) {
        return new Condition(null, null, null, filter);
    }

    /** This condition with {@code filter} beside what it asks for already. */
    public Condition and(Filter filter) {
        Filter both = where == null ? filter : new Filter.And(List.of(where, filter));
        return new Condition(exists, version, time, both);
    }
}
