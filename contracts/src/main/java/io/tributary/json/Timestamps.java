package io.tributary.json;

import io.tributary.value.TimestampValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as text (RFC 3339): any offset in, microseconds and {@code Z} out. */
public final class Timestamps {

    private static final String SHAPE = "a timestamp looks like 2026-11-21T08:00:00.000001Z (RFC 3339)";
    private static final int SECONDS_END = 19;

    private Timestamps() {}

    /**
     * Reads a time, cut to microseconds.
     *
     * @throws IllegalArgumentException when the text is not RFC 3339 with up to nine fraction digits, or a year in UTC is
     *     not within 0001 to 9999
     */
    static Instant parse(String text) {
        if (text.length() <= SECONDS_END
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || (text.charAt(10) | 0x20) != 't'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            throw new IllegalArgumentException(SHAPE);
        }
        int fractionEnd = SECONDS_END;
        if (text.charAt(SECONDS_END) == '.') {
            do {
                fractionEnd++;
            } while (fractionEnd < text.length() && isDigit(text.charAt(fractionEnd)));
        }
        LocalDateTime local;
        try {
            local = LocalDateTime.of(
                    number(text, 0, 4),
                    number(text, 5, 7),
                    number(text, 8, 10),
                    number(text, 11, 13),
                    number(text, 14, 16),
                    number(text, 17, 19),
                    nanos(text, fractionEnd));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a timestamp names a date or time that does not exist", e);
        }
        Instant instant = local.toInstant(ZoneOffset.UTC).minusSeconds(offsetSeconds(text, fractionEnd));
        return new TimestampValue(instant).value();
    }

    /** Writes a time with six fraction digits and {@code Z}. */
    public static String format(Instant instant) {
        var time = instant.atOffset(ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(27);
        pad(text, time.getYear(), 4).append('-');
        pad(text, time.getMonthValue(), 2).append('-');
        pad(text, time.getDayOfMonth(), 2).append('T');
        pad(text, time.getHour(), 2).append(':');
        pad(text, time.getMinute(), 2).append(':');
        pad(text, time.getSecond(), 2).append('.');
        return pad(text, time.getNano() / 1_000, 6).append('Z').toString();
    }

    private static StringBuilder pad(StringBuilder text, int number, int digits) {
        String plain = Integer.toString(number);
        return text.append("0".repeat(digits - plain.length())).append(plain);
    }

    private static int nanos(String text, int end) {
        if (end == SECONDS_END) {
            return 0;
        }
        int digits = end - SECONDS_END - 1;
        if (digits < 1 || digits > 9) {
            throw new IllegalArgumentException("a timestamp has one to nine fraction digits");
        }
        int nanos = number(text, SECONDS_END + 1, end);
        for (int i = digits; i < 9; i++) {
            nanos *= 10;
        }
        return nanos;
    }

    private static int offsetSeconds(String text, int at) {
        if (at == text.length() - 1 && (text.charAt(at) | 0x20) == 'z') {
            return 0;
        }
        if (at != text.length() - 6
                || (text.charAt(at) != '+' && text.charAt(at) != '-')
                || text.charAt(at + 3) != ':') {
            throw new IllegalArgumentException(SHAPE);
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 4, at + 6);
        if (hours > 23 || minutes > 59) {
            throw new IllegalArgumentException("a timestamp's offset is at most 23:59");
        }
        int seconds = (hours * 60 + minutes) * 60;
        return text.charAt(at) == '-' ? -seconds : seconds;
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                throw new IllegalArgumentException(SHAPE);
            }
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
