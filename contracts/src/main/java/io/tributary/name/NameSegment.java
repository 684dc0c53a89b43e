package io.tributary.name;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The rules and the order of one segment of a document's or collection's name. */
final class NameSegment {

    static final int MAX_BYTES = 1_500;

    private static final Pattern RESERVED = Pattern.compile("__.+__", Pattern.DOTALL);
    private static final Pattern NUMERIC = Pattern.compile("__id(0|-?[1-9][0-9]{0,18})__");

    private NameSegment() {}

    static void check(String segment) {
        if (segment.isEmpty()) {
            throw new IllegalArgumentException("a name has an empty segment");
        }
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException("a segment of a name cannot be \"" + segment + "\"");
        }
        if (segment.indexOf('/') >= 0 || segment.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a segment of a name holds a slash or a NUL character");
        }
        if (bytes(segment) > MAX_BYTES) {
            throw new IllegalArgumentException("a segment of a name is longer than " + MAX_BYTES + " bytes of UTF-8");
        }
        if (segment.startsWith("__")
                && RESERVED.matcher(segment).matches()
                && number(segment).isEmpty()) {
            throw new IllegalArgumentException("segments of the form __…__ are reserved: \"" + segment + "\"");
        }
    }

    /** The number of a numeric id {@code __id<n>__}, empty for every other segment. */
    static OptionalLong number(String segment) {
        if (!segment.startsWith("__")) {
            return OptionalLong.empty();
        }
        var matcher = NUMERIC.matcher(segment);
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(matcher.group(1)));
        } catch (NumberFormatException beyond64Bits) {
            return OptionalLong.empty();
        }
    }

    /** Numeric ids first, by number; all others by code point. */
    static int compare(String a, String b) {
        OptionalLong first = number(a);
        OptionalLong second = number(b);
        if (first.isPresent() && second.isPresent()) {
            return Long.compare(first.getAsLong(), second.getAsLong());
        }
        if (first.isPresent() != second.isPresent()) {
            return first.isPresent() ? -1 : 1;
        }
        return CodePoints.compare(a, b);
    }

    /** The length in UTF-8; refuses lone surrogates, which have none. */
    static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x80 ? 0 : c < 0x800 ? 1 : 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            } else {
                throw new IllegalArgumentException("a name holds a lone surrogate");
            }
        }
        return bytes;
    }
}
