package io.tributary.json;

import org.jspecify.annotations.Nullable;

/** The characters that no string of a document may hold. */
final class Text {

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
}
