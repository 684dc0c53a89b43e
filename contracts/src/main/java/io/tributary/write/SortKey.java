package io.tributary.write;

/**
 * One key of an order, {@code -price} for descending.
 *
 * @param subject a field or a system field
 */
public record SortKey(Subject subject, boolean descending) {

    @Override
    public String toString() {
        return descending ? "-" + subject : subject.toString();
    }
}
