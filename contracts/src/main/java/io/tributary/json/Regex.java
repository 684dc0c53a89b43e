package io.tributary.json;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Regular expressions whose compiled form is bounded. RE2 matches in linear time, but writes out counted repetitions when
 * it compiles: {@code ((a{100}){100}){100}} takes a million instructions. So the size is estimated before.
 */
public final class Regex {

    private static final int MAX_LENGTH = 1_000;

    /** In instructions; a match takes at most as many steps for each character. */
    private static final int MAX_SIZE = 2_000;

    private static final java.util.regex.Pattern COUNT =
            java.util.regex.Pattern.compile("\\{(\\d{1,4})(,(\\d{0,4}))?}");

    private final String regex;
    private int at;

    private Regex(String regex) {
        this.regex = regex;
    }

    /**
     * Compiles a regular expression.
     *
     * @throws IllegalArgumentException when its syntax is not RE2's, or it is too long or too large
     */
    public static Pattern compile(String regex) {
        if (regex.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("a regular expression is longer than " + MAX_LENGTH + " characters");
        }
        if (new Regex(regex).size() > MAX_SIZE) {
            throw new IllegalArgumentException("the counted repetitions of a regular expression multiply to too many");
        }
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("not a regular expression of RE2: " + e.getDescription(), e);
        }
    }

    /** About how many instructions the expression compiles to; repetitions multiply what stands before them. */
    private long size() {
        Deque<Long> groups = new ArrayDeque<>();
        long group = 0;
        long atom = 0;
        while (at < regex.length()) {
            char c = regex.charAt(at);
            if (c == '(') {
                groups.push(group + atom);
                group = 0;
                atom = 0;
                at++;
            } else if (c == ')') {
                atom += group + 2;
                group = groups.isEmpty() ? 0 : groups.pop();
                at++;
            } else if (c == '{') {
                atom = Math.min(Integer.MAX_VALUE, Math.max(1, atom) * count());
            } else {
                group += atom;
                atom = 1;
                skipAtom(c);
            }
        }
        while (!groups.isEmpty()) {
            group += groups.pop();
        }
        return group + atom;
    }

    private long count() {
        var count = COUNT.matcher(regex).region(at, regex.length());
        if (!count.lookingAt()) {
            at++;
            return 1;
        }
        at = count.end();
        String largest = count.group(3) == null || count.group(3).isEmpty() ? count.group(1) : count.group(3);
        return Math.max(1, Long.parseLong(largest));
    }

    private void skipAtom(char c) {
        if (regex.startsWith("\\Q", at)) {
            int end = regex.indexOf("\\E", at);
            at = end < 0 ? regex.length() : end + 2;
        } else if (c == '\\') {
            at += 2;
            if (at < regex.length() && regex.charAt(at) == '{' && "xpP".indexOf(regex.charAt(at - 1)) >= 0) {
                at = after('}');
            }
        } else if (c == '[') {
            at++;
            while (at < regex.length() && regex.charAt(at) != ']') {
                at += regex.charAt(at) == '\\' ? 2 : 1;
            }
            at++;
        } else {
            at++;
        }
    }

    private int after(char end) {
        int index = regex.indexOf(end, at);
        return index < 0 ? regex.length() : index + 1;
    }
}
