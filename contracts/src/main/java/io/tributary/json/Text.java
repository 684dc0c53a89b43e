package io.tributary.json;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strings that came from outside: what no document may hold of them, and how to speak of them. */
final class Text {

    private static final int MAX_QUOTED = 60;

    private Text() {}

    /** What is wrong with {@code text}, null when nothing is. */
    static @Nullable String fault(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return "U+0000";
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return "a lone surrogate";
                }
                i++;
            }
        }
        return null;
    }

    /** {@code text} in quotes, for a message: cut when it is long. */
    static String quoted(String text) {
        return "\"" + (text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…") + "\"";
    }

    /** {@code text}, with U+FFFD for each lone surrogate where there is any: what can be written at all. */
    static String writable(String text) {
        return fault(text) == null
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.UTF_16BE);
    }
}
