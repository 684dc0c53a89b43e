package io.tributary.json;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What to say of a member that nobody knows, and what its sender may have meant. */
final class MemberHints {

    private static final List<String> OPERATORS = List.of(
            "set",
            "unset",
            "merge",
            "mergeDeep",
            "rename",
            "setOnCreate",
            "increment",
            "multiply",
            "min",
            "max",
            "compute",
            "serverTimestamp",
            "append",
            "prepend",
            "appendUnique",
            "remove",
            "removeWhere",
            "pop",
            "shift");

    /** Other products' names of these operators, without their {@code $}. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("inc", "increment"),
            Map.entry("mul", "multiply"),
            Map.entry("push", "append"),
            Map.entry("pushAll", "append"),
            Map.entry("add", "append"),
            Map.entry("unshift", "prepend"),
            Map.entry("addToSet", "appendUnique"),
            Map.entry("arrayUnion", "appendUnique"),
            Map.entry("arrayRemove", "remove"),
            Map.entry("pull", "removeWhere"),
            Map.entry("pullAll", "remove"),
            Map.entry("setOnInsert", "setOnCreate"),
            Map.entry("currentDate", "serverTimestamp"),
            Map.entry("deleteField", "unset"));

    private static final int MAX_MISSPELT = 20;

    private MemberHints() {}

    /** A member that stands where only the names of {@code known} may. */
    static String unknown(String name, List<String> known) {
        String closest = closest(name, known);
        return closest.isEmpty()
                ? "unknown member " + Text.quoted(name) + "; known are " + String.join(", ", known)
                : "unknown member " + Text.quoted(name) + "; did you mean \"" + closest + "\"?";
    }

    /** A member of a step that is no operator. */
    static String unknownOperator(String name) {
        return unknownOperator(name, List.of());
    }

    /** A member of a write, which has {@code others} beside operators. */
    static String unknownOperator(String name, List<String> others) {
        String bare = name.startsWith("$") ? name.substring(1) : name;
        List<String> known = new ArrayList<>(OPERATORS);
        known.addAll(others);
        String meant = ELSEWHERE.getOrDefault(bare, closest(bare, known));
        return meant.isEmpty()
                ? "unknown member " + Text.quoted(name) + "; did you mean {\"set\": {" + Text.quoted(name) + ": …}}?"
                : "unknown member " + Text.quoted(name) + "; did you mean \"" + meant + "\"?";
    }

    /** The known name that is at most two slips away, empty when there is none. */
    static String closest(String name, List<String> known) {
        if (name.length() > MAX_MISSPELT) {
            return "";
        }
        String lower = name.toLowerCase(Locale.ROOT);
        int tolerance = name.length() < 4 ? 0 : name.length() < 6 ? 1 : 2;
        return known.stream()
                .filter(candidate -> Math.abs(candidate.length() - name.length()) <= tolerance)
                .filter(candidate -> slips(lower, candidate.toLowerCase(Locale.ROOT)) <= tolerance)
                .min(Comparator.comparingInt(candidate -> slips(lower, candidate.toLowerCase(Locale.ROOT))))
                .orElse("");
    }

    /** The letters to insert, drop or replace between two words (Levenshtein). */
    private static int slips(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
