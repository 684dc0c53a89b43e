package io.tributary.name;

import java.util.ArrayList;
import java.util.List;

/** Reads the dotted form of one {@link FieldPath}. */
final class FieldPathReader {

    private final String dotted;
    private int at;

    FieldPathReader(String dotted) {
        this.dotted = dotted;
    }

    FieldPath read(int maxBytes) {
        if (NameSegment.bytes(dotted) > maxBytes) {
            throw new IllegalArgumentException("a field path is longer than " + maxBytes + " bytes of UTF-8");
        }
        List<FieldPath.Segment> segments = new ArrayList<>();
        do {
            segments.add(new FieldPath.Key(nextIs('`') ? quoted() : plain()));
        } while (skip('.'));
        if (at < dotted.length()) {
            throw fault("a dot is missing");
        }
        return new FieldPath(segments);
    }

    private String plain() {
        int start = at;
        while (at < dotted.length() && isPlain(dotted.charAt(at), at > start)) {
            at++;
        }
        if (at == start) {
            throw fault("a name or a backtick is expected");
        }
        return dotted.substring(start, at);
    }

    /** Whether a name stands in a path without backticks. */
    static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!isPlain(name.charAt(i), i > 0)) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPlain(char c, boolean digitsToo) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (digitsToo && c >= '0' && c <= '9');
    }

    private String quoted() {
        at++;
        StringBuilder name = new StringBuilder();
        while (!nextIs('`')) {
            if (skip('\\') && !nextIs('`') && !nextIs('\\')) {
                throw fault("only \\` and \\\\ are escapes");
            }
            if (at >= dotted.length()) {
                throw fault("the closing backtick is missing");
            }
            name.append(dotted.charAt(at++));
        }
        at++;
        return name.toString();
    }

    private boolean nextIs(char c) {
        return at < dotted.length() && dotted.charAt(at) == c;
    }

    private boolean skip(char c) {
        if (nextIs(c)) {
            at++;
            return true;
        }
        return false;
    }

    private IllegalArgumentException fault(String what) {
        return new IllegalArgumentException("field path \"" + dotted + "\", at character " + (at + 1) + ": " + what
                + "; a name that is not made of letters, digits and underscores stands in backticks");
    }
}
