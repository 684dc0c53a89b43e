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
        @Nullable Boolean exists,
        @Nullable Long version,
        @Nullable Instant time,
        @Nullable Filter where) {

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

    /** Both conditions. Where they contradict each other, one that never holds. */
    public Condition and(Condition other) {
        if (other.equals(NONE)) {
            return this;
        } else if (equals(NONE)) {
            return other;
        }
        boolean contradiction =
                contradict(exists, other.exists) || contradict(version, other.version) || contradict(time, other.time);
        Condition both = new Condition(
                exists == null ? other.exists : exists,
                version == null ? other.version : version,
                time == null ? other.time : time,
                where);
        both = other.where == null ? both : both.and(other.where);
        return contradiction ? both.and(new Filter.Not(Filter.ALWAYS)) : both;
    }

    private static boolean contradict(@Nullable Object one, @Nullable Object other) {
        return one != null && other != null && !one.equals(other);
    }
}
