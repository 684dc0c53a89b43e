package io.tributary.json;

import io.tributary.trigger.Placeholder;
import java.util.ArrayList;
import java.util.List;

/**
 * A string of a template, in its parts. <code>$${</code> stands for <code>${</code> itself.
 *
 * @param parts strings and placeholders, in order
 */
record TemplateText(List<Part> parts) {

    private static final String OPEN = "${";

    /** A part of the text. */
    sealed interface Part {}

    /** Text that stands for itself. */
    record Plain(String text) implements Part {}

    /** What is filled in. */
    record Hole(Placeholder placeholder) implements Part {}

    /** @throws IllegalArgumentException when a placeholder does not end, or means nothing */
    static TemplateText parse(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf(OPEN, at);
            if (open < 0) {
                break;
            }
            if (open > at && text.charAt(open - 1) == '$') {
                plain.append(text, at, open - 1).append(OPEN);
                at = open + OPEN.length();
                continue;
            }
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException(
                        "the placeholder " + Text.quoted(text.substring(open)) + " has no }");
            }
            plain.append(text, at, open);
            flush(plain, parts);
            parts.add(new Hole(Placeholder.parse(text.substring(open + OPEN.length(), close))));
            at = close + 1;
        }
        plain.append(text, at, text.length());
        flush(plain, parts);
        return new TemplateText(parts);
    }

    private static void flush(StringBuilder plain, List<Part> parts) {
        if (!plain.isEmpty()) {
            parts.add(new Plain(plain.toString()));
            plain.setLength(0);
        }
    }

    List<Placeholder> placeholders() {
        return parts.stream()
                .filter(Hole.class::isInstance)
                .map(part -> ((Hole) part).placeholder())
                .toList();
    }

    /** Whether it is one placeholder and nothing else, which takes the value with its type. */
    boolean isOneHole() {
        return parts.size() == 1 && parts.get(0) instanceof Hole;
    }
}
