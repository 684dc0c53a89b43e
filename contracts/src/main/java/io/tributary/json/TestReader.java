package io.tributary.json;

import com.google.re2j.Pattern;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Reads the tests of a filter by their operators. */
final class TestReader {

    static final List<String> NAMES = List.of(
            "eq",
            "ne",
            "gt",
            "gte",
            "lt",
            "lte",
            "in",
            "notIn",
            "exists",
            "contains",
            "containsAny",
            "containsAll",
            "size",
            "startsWith",
            "matches",
            "mod",
            "type",
            "elemMatch");

    private static final List<String> CONNECTIVES = List.of("and", "or", "not");

    private final JsonInput in;
    private final ValueReader values;
    private final FilterReader filters;

    TestReader(JsonInput in, FilterReader filters) {
        this.in = in;
        this.values = new ValueReader(in);
        this.filters = filters;
    }

    /** Reads the operand of the operator {@code name}. */
    Filter test(Subject subject, String name) {
        return switch (name) {
            case "ne" -> new Filter.Not(new Filter.Is(subject, new Filter.Eq(values.value(1))));
            case "notIn" -> new Filter.Not(new Filter.Is(subject, new Filter.In(list())));
            default -> new Filter.Is(subject, test(name));
        };
    }

    private Filter.Test test(String name) {
        return switch (name) {
            case "eq" -> new Filter.Eq(values.value(1));
            case "gt" -> new Filter.Compare(Filter.Comparison.GT, values.value(1));
            case "gte" -> new Filter.Compare(Filter.Comparison.GTE, values.value(1));
            case "lt" -> new Filter.Compare(Filter.Comparison.LT, values.value(1));
            case "lte" -> new Filter.Compare(Filter.Comparison.LTE, values.value(1));
            case "in" -> new Filter.In(list());
            case "exists" -> new Filter.Exists(in.bool("true or false"));
            case "contains" -> new Filter.Contains(values.value(1));
            case "containsAny" -> new Filter.ContainsAny(list());
            case "containsAll" -> new Filter.ContainsAll(list());
            case "size" -> size();
            case "startsWith" -> new Filter.StartsWith(in.text("a string"));
            case "matches" -> new Filter.Matches(pattern());
            case "mod" -> mod();
            case "type" -> new Filter.HasType(type());
            case "elemMatch" -> new Filter.ElemMatch(filters.elementFilter());
            default -> throw in.fault(ProblemType.UNKNOWN_MEMBER, unknown(name));
        };
    }

    /** What to say of an operator that does not exist. */
    static String unknown(String name) {
        if (CONNECTIVES.contains(name)) {
            String enclosed = name.equals("not") ? "{\"field\": …}" : "[{\"field\": …}, …]";
            return "\"" + name + "\" stands around fields, not inside one: {\"" + name + "\": " + enclosed + "}";
        }
        String bare = name.startsWith("$") ? name.substring(1) : name;
        boolean known = NAMES.contains(bare) || CONNECTIVES.contains(bare);
        String meant = known ? bare : bare.equals("nin") ? "notIn" : MemberHints.closest(bare, NAMES);
        return "unknown operator " + Text.quoted(name) + "; "
                + (meant.isEmpty() ? "to compare with a map, write {\"eq\": {…}}" : "did you mean \"" + meant + "\"?");
    }

    /** The dotted form, in backticks where {@code path} as a key would be taken for an operator or a connective. */
    static String key(FieldPath path) {
        String dotted = path.toString();
        return NAMES.contains(dotted) || CONNECTIVES.contains(dotted) ? "`" + dotted + "`" : dotted;
    }

    private List<Value> list() {
        List<Value> list = new ArrayList<>();
        in.eachElement("an array of values", () -> {
            filters.checkLength(list);
            list.add(values.value(1));
        });
        return list;
    }

    private Filter.Test size() {
        String what = "a size, an integer of at least 0";
        int size = in.smallInteger(what);
        if (size < 0) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        return new Filter.Size(size);
    }

    private Filter.Test mod() {
        List<Long> numbers = new ArrayList<>(2);
        String what = "[divisor, remainder], two integers";
        in.eachElement(what, () -> numbers.add(in.integer("an integer")));
        if (numbers.size() != 2) {
            throw in.fault(ProblemType.BAD_VALUE, "expected " + what);
        }
        if (numbers.get(0) == 0) {
            throw in.fault(ProblemType.BAD_VALUE, "a divisor cannot be 0");
        }
        return new Filter.Mod(numbers.get(0), numbers.get(1));
    }

    private ValueType type() {
        String name = in.text("the name of a type");
        return Arrays.stream(ValueType.values())
                .filter(type -> type.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> in.fault(
                        ProblemType.BAD_VALUE,
                        Text.quoted(name) + " is no type; known are "
                                + Arrays.stream(ValueType.values())
                                        .map(ValueType::wireName)
                                        .collect(Collectors.joining(" "))));
    }

    private Pattern pattern() {
        String regex = in.text("a regular expression (RE2), a string");
        return in.checking(ProblemType.BAD_VALUE, () -> Regex.compile(regex));
    }
}
