package io.tributary.value;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A point in time.
 *
 * @param value UTC, cut to microseconds, years 0001 to 9999
 */
public record TimestampValue(Instant value) implements Value {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** @throws IllegalArgumentException when the year is not within 0001 to 9999 */
    public TimestampValue {
        value = value.truncatedTo(ChronoUnit.MICROS);
        if (value.isBefore(FIRST) || value.isAfter(LAST)) {
            throw new IllegalArgumentException("a timestamp lies in the years 0001 to 9999 (UTC)");
        }
    }

    @Override
    public ValueType type() {
        return ValueType.TIMESTAMP;
    }
}
