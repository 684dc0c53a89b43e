package io.tributary.write;

/**
 * One key of an order, {@code -price} for descending.
 *
 * @param subject a field or a system field
 */
public record SortKey(Subject subject, boolean descending) {

    /** The lesser first; {@code field} is a field path or a system field. */
    public static SortKey ascending(String field) {
        return new SortKey(Subject.of(field), false);
    }

    /** The greater first; {@code field} is a field path or a system field. */
    public static SortKey descending(String field) {
        return new SortKey(Subject.of(field), true);
    }

    @Override
    public String toString() {
        return descending ? "-" + subject : subject.toString();
    }
}
