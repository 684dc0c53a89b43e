package io.tributary.json;

import java.util.ArrayList;
import java.util.List;

/** Splits the lists of paths that query parameters carry, {@code a,b.c}. */
final class PathList {

    private PathList() {}

    /** The parts between commas, except commas in backticks. */
    static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '`') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
