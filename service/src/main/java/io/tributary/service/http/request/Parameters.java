package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import io.tributary.json.IntegerForm;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.OnInvalid;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The query parameters of a request: each known, each given once. */
public final class Parameters {

    /** {@code ?integers=string}, which every resource takes that gives out values. */
    public static final String INTEGERS = "integers";

    /** {@code ?onInvalid=skip}, for writes whose body has no room for it. */
    public static final String ON_INVALID = "onInvalid";

    private static final Parameters NONE = new Parameters(Map.of());

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /**
     * @param rawQuery the query string as it came, null for none
     * @param known the parameters that the resource takes
     * @throws Refusal {@code unknown-parameter} for any other, {@code bad-value} for a repeated or undecodable one
     */
    public static Parameters of(@Nullable String rawQuery, Set<String> known) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return NONE;
        }
        Map<String, String> values = new TreeMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!known.contains(name)) {
                throw unknown(name, known);
            }
            if (values.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1))) != null) {
                throw Refusal.of(ProblemType.BAD_VALUE, "the query parameter \"" + name + "\" is given twice");
            }
        }
        return new Parameters(values);
    }

    /** The value of a parameter, null when it is absent. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * Whether a parameter is {@code true}; false when it is absent.
     *
     * @throws Refusal {@code bad-value} when it is neither {@code true} nor {@code false}
     */
    public boolean flag(String name) {
        String value = values.get(name);
        if (value == null || value.equals("false")) {
            return false;
        }
        if (!value.equals("true")) {
            throw Refusal.of(ProblemType.BAD_VALUE, "the query parameter \"" + name + "\" is true or false");
        }
        return true;
    }

    /**
     * How integers are to be written.
     *
     * @throws Refusal {@code bad-value} when the parameter is neither {@code string} nor {@code number}
     */
    public IntegerForm integers() {
        return switch (values.getOrDefault(INTEGERS, "number")) {
            case "number" -> IntegerForm.NUMBER;
            case "string" -> IntegerForm.STRING;
            default -> throw Refusal.of(ProblemType.BAD_VALUE, "the query parameter \"integers\" is string or number");
        };
    }

    /**
     * {@code write} with what is to become of its invalid fields, where this says so.
     *
     * @throws Refusal {@code bad-value} when the parameter is neither {@code reject} nor {@code skip}
     */
    public Write withOnInvalid(Write write) {
        String value = values.get(ON_INVALID);
        if (value == null) {
            return write;
        }
        OnInvalid onInvalid = switch (value) {
            case "reject" -> OnInvalid.REJECT;
            case "skip" -> OnInvalid.SKIP;
            default -> throw Refusal.of(ProblemType.BAD_VALUE, "the query parameter \"onInvalid\" is reject or skip");
        };
        return write.withOptions(write.options().withOnInvalid(onInvalid));
    }

    private static String decoded(String raw) {
        try {
            return PercentEncoding.decodeForm(raw);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(ProblemType.BAD_VALUE, "the query string cannot be decoded: " + e.getMessage());
        }
    }

    private static Refusal unknown(String name, Set<String> known) {
        String taken = known.isEmpty() ? "none" : String.join(", ", new TreeSet<>(known));
        return Refusal.of(
                ProblemType.UNKNOWN_PARAMETER,
                "unknown query parameter \"" + name + "\"; this resource takes: " + taken);
    }
}
