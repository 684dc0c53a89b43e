package io.tributary.json;

import com.google.re2j.Pattern;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JsonToken;

/** Reads one filter, counting its conditions. */
final class FilterReader {

    private static final Subject ELEMENT = new Subject.Element();
    private static final Set<String> CONNECTIVES = Set.of("and", "or", "not");
    private static final List<String> TESTS = List.of(
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
    private static final String FILTER = "a filter, an object";

    private final JsonInput in;
    private final ValueReader values;
    private int conditions;
    private int depth;

    private FilterReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
    }

    /** Reads a filter over a document. */
    static Filter ofDocument(JsonInput in) {
        return new FilterReader(in).filter(false);
    }

    /** Reads a filter over the elements of an array. */
    static Filter ofElements(JsonInput in) {
        return new FilterReader(in).filter(true);
    }

    /** @param ofElements whether an object of operators is about an array's element */
    private Filter filter(boolean ofElements) {
        if (++depth > in.limits().filterDepth() + 1) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a filter is nested deeper than " + in.limits().filterDepth() + " levels");
        }
        var parts = new Parts(ofElements);
        in.eachMember(FILTER, parts::member);
        depth--;
        return parts.all();
    }

    /** The members of one object, all of which must hold. */
    private final class Parts {

        private final boolean ofElements;
        private final List<Filter> parts = new ArrayList<>();
        private boolean hasTests;
        private boolean hasFields;

        private Parts(boolean ofElements) {
            this.ofElements = ofElements;
        }

        private Filter all() {
            return parts.size() == 1 ? parts.get(0) : parts.isEmpty() ? Filter.ALWAYS : new Filter.And(parts);
        }

        private void member(String name) {
            switch (name) {
                case "and" -> parts.add(new Filter.And(list()));
                case "or" -> parts.add(new Filter.Or(list()));
                case "not" -> parts.add(new Filter.Not(filter(ofElements)));
                default -> {
                    if (TESTS.contains(name)) {
                        elementTest(name);
                    } else {
                        field(name);
                    }
                }
            }
        }

        private List<Filter> list() {
            List<Filter> filters = new ArrayList<>();
            in.eachElement("an array of filters", () -> {
                checkLength(filters);
                filters.add(filter(ofElements));
            });
            return filters;
        }

        private void elementTest(String name) {
            if (!ofElements) {
                throw in.fault(
                        ProblemType.BAD_VALUE,
                        "\"" + name + "\" is an operator and stands inside a field, {\"field\": {\"" + name
                                + "\": …}}; a field of that name stands in backticks");
            }
            hasTests = true;
            checkNotMixed();
            parts.add(test(ELEMENT, name));
        }

        private void field(String name) {
            hasFields = true;
            checkNotMixed();
            Subject subject = subject(name);
            if (in.is(JsonToken.START_OBJECT)) {
                operators(subject);
            } else {
                parts.add(is(subject, new Filter.Eq(values.value(1))));
            }
        }

        private void checkNotMixed() {
            if (hasTests && hasFields) {
                throw in.fault(
                        ProblemType.BAD_VALUE,
                        "operators on the element and fields of it cannot stand side by side; a field called like an"
                                + " operator stands in backticks");
            }
        }

        private void operators(Subject subject) {
            String first = in.nextName();
            if (first == null) {
                throw in.fault(ProblemType.BAD_VALUE, "to compare with a map, write {\"eq\": {}}");
            }
            if (first.startsWith("@")) {
                parts.add(is(subject, new Filter.Eq(typed(first))));
                return;
            }
            Set<String> seen = new java.util.HashSet<>(4);
            for (String name = first; name != null; name = in.nextName()) {
                if (!seen.add(name)) {
                    throw in.duplicate(name);
                }
                in.next();
                parts.add(test(subject, name));
            }
        }
    }

    private Value typed(String first) {
        Value value = values.object(first, 1);
        if (value.type() == ValueType.MAP) {
            throw in.fault(ProblemType.BAD_VALUE, "to compare with a map, write {\"eq\": {…}}");
        }
        return value;
    }

    private Subject subject(String name) {
        if (name.startsWith("@")) {
            return in.checking(ProblemType.BAD_PATH, () -> SortKeys.systemField(name));
        }
        if (name.startsWith("$")) {
            throw unknownTest(name);
        }
        return new Subject.Field(in.parsePath(name));
    }

    private Filter test(Subject subject, String name) {
        return switch (name) {
            case "eq" -> is(subject, new Filter.Eq(values.value(1)));
            case "ne" -> new Filter.Not(is(subject, new Filter.Eq(values.value(1))));
            case "gt" -> compare(subject, Filter.Comparison.GT);
            case "gte" -> compare(subject, Filter.Comparison.GTE);
            case "lt" -> compare(subject, Filter.Comparison.LT);
            case "lte" -> compare(subject, Filter.Comparison.LTE);
            case "in" -> is(subject, new Filter.In(valueList()));
            case "notIn" -> new Filter.Not(is(subject, new Filter.In(valueList())));
            case "exists" -> is(subject, new Filter.Exists(in.bool("true or false")));
            case "contains" -> is(subject, new Filter.Contains(values.value(1)));
            case "containsAny" -> is(subject, new Filter.ContainsAny(valueList()));
            case "containsAll" -> is(subject, new Filter.ContainsAll(valueList()));
            case "size" -> is(subject, size());
            case "startsWith" -> is(subject, new Filter.StartsWith(in.text("a string")));
            case "matches" -> is(subject, new Filter.Matches(pattern()));
            case "mod" -> is(subject, mod());
            case "type" -> is(subject, new Filter.HasType(type()));
            case "elemMatch" -> is(subject, new Filter.ElemMatch(filter(true)));
            default -> throw unknownTest(name);
        };
    }

    private ProblemException unknownTest(String name) {
        if (CONNECTIVES.contains(name)) {
            return in.fault(
                    ProblemType.UNKNOWN_MEMBER,
                    "\"" + name + "\" stands around fields, not inside one: {\"" + name + "\": "
                            + (name.equals("not") ? "{\"field\": …}" : "[{\"field\": …}, …]") + "}");
        }
        String bare = name.startsWith("$") ? name.substring(1) : name;
        boolean known = TESTS.contains(bare) || CONNECTIVES.contains(bare);
        String meant = known ? bare : bare.equals("nin") ? "notIn" : MemberHints.closest(bare, TESTS);
        return in.fault(
                ProblemType.UNKNOWN_MEMBER,
                "unknown operator \"" + name + "\"; "
                        + (meant.isEmpty()
                                ? "to compare with a map, write {\"eq\": {…}}"
                                : "did you mean \"" + meant + "\"?"));
    }

    private Filter compare(Subject subject, Filter.Comparison comparison) {
        return is(subject, new Filter.Compare(comparison, values.value(1)));
    }

    private Filter is(Subject subject, Filter.Test test) {
        if (++conditions > in.limits().filterConditions()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a filter has more than " + in.limits().filterConditions() + " conditions");
        }
        return new Filter.Is(subject, test);
    }

    private List<Value> valueList() {
        List<Value> list = new ArrayList<>();
        in.eachElement("an array of values", () -> {
            checkLength(list);
            list.add(values.value(1));
        });
        return list;
    }

    private void checkLength(List<?> list) {
        if (list.size() == in.limits().listElements()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a list in a filter is longer than " + in.limits().listElements());
        }
    }

    private Filter.Test size() {
        String what = "a size, an integer of at least 0";
        int size = in.smallInteger(what);
        if (size < 0) {
            throw in.expected(what);
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
                        "\"" + name + "\" is no type; known are "
                                + Arrays.stream(ValueType.values())
                                        .map(ValueType::wireName)
                                        .collect(Collectors.joining(" "))));
    }

    private Pattern pattern() {
        String regex = in.text("a regular expression (RE2), a string");
        return in.checking(ProblemType.BAD_VALUE, () -> Regex.compile(regex));
    }

    /** The dotted form, in backticks where {@code path} as a key would be taken for an operator or a connective. */
    static String key(FieldPath path) {
        String dotted = path.toString();
        boolean taken = TESTS.contains(dotted) || CONNECTIVES.contains(dotted);
        return taken ? "`" + dotted + "`" : dotted;
    }
}
