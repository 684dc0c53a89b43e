package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonToken;

/** Reads the structure of one filter: connectives, and which test is about what. */
final class FilterReader {

    private static final Subject ELEMENT = new Subject.Element();

    private final JsonInput in;
    private final ValueReader values;
    private final TestReader tests;
    private int conditions;
    private int depth;

    private FilterReader(JsonInput in) {
        this.in = in;
        this.values = new ValueReader(in);
        this.tests = new TestReader(in, this);
    }

    /** Reads a filter over a document. */
    static Filter ofDocument(JsonInput in) {
        return new FilterReader(in).filter(false);
    }

    /** Reads a filter over the elements of an array, where an object of operators is about the element itself. */
    static Filter ofElements(JsonInput in) {
        return new FilterReader(in).elementFilter();
    }

    /** Reads a filter over elements inside this one. */
    Filter elementFilter() {
        return filter(true);
    }

    /** A list in a filter may be this long and no longer. */
    void checkLength(List<?> list) {
        if (list.size() == in.limits().listElements()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a list in a filter is longer than " + in.limits().listElements());
        }
    }

    private Filter filter(boolean ofElements) {
        if (++depth > in.limits().filterDepth() + 1) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a filter is nested deeper than " + in.limits().filterDepth() + " levels");
        }
        Conjunction members = new Conjunction(ofElements);
        in.eachMember("a filter, an object", members::member);
        depth--;
        return members.filter();
    }

    /** The members of one object, all of which must hold. */
    private final class Conjunction {

        private final boolean ofElements;
        private final List<Filter> parts = new ArrayList<>();
        private boolean hasTests;
        private boolean hasFields;

        private Conjunction(boolean ofElements) {
            this.ofElements = ofElements;
        }

        private Filter filter() {
            return parts.size() == 1 ? parts.get(0) : parts.isEmpty() ? Filter.ALWAYS : new Filter.And(parts);
        }

        private void member(String name) {
            switch (name) {
                case "and" -> parts.add(new Filter.And(filters()));
                case "or" -> parts.add(new Filter.Or(filters()));
                case "not" -> parts.add(new Filter.Not(FilterReader.this.filter(ofElements)));
                default -> {
                    if (TestReader.NAMES.contains(name)) {
                        testOfElement(name);
                    } else {
                        field(name);
                    }
                }
            }
        }

        private List<Filter> filters() {
            List<Filter> filters = new ArrayList<>();
            in.eachElement("an array of filters", () -> {
                checkLength(filters);
                filters.add(FilterReader.this.filter(ofElements));
            });
            return filters;
        }

        private void testOfElement(String name) {
            if (!ofElements) {
                throw in.fault(
                        ProblemType.BAD_VALUE,
                        "\"" + name + "\" is an operator and stands inside a field, {\"field\": {\"" + name
                                + "\": …}}; a field of that name stands in backticks");
            }
            hasTests = true;
            checkNotMixed();
            parts.add(counted(tests.test(ELEMENT, name)));
        }

        private void field(String name) {
            hasFields = true;
            checkNotMixed();
            Subject subject = subject(name);
            if (in.is(JsonToken.START_OBJECT)) {
                testsOf(subject);
            } else {
                parts.add(equal(subject, values.value(1)));
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

        /** Reads an object of operators, or a typed value. */
        private void testsOf(Subject subject) {
            String first = in.nextName();
            if (first == null) {
                throw in.fault(ProblemType.BAD_VALUE, "to compare with a map, write {\"eq\": {}}");
            }
            if (first.startsWith("@")) {
                parts.add(equal(subject, typed(first)));
                return;
            }
            Set<String> seen = new HashSet<>(4);
            for (String name = first; name != null; name = in.nextName()) {
                if (!seen.add(name)) {
                    throw in.duplicate(name);
                }
                in.next();
                parts.add(counted(tests.test(subject, name)));
            }
        }
    }

    private Subject subject(String name) {
        if (name.startsWith("@")) {
            return in.checking(ProblemType.BAD_PATH, () -> SortKeys.systemField(name));
        }
        if (name.startsWith("$")) {
            throw in.fault(ProblemType.UNKNOWN_MEMBER, TestReader.unknown(name));
        }
        return new Subject.Field(in.parsePath(name));
    }

    private Filter equal(Subject subject, Value operand) {
        return counted(new Filter.Is(subject, new Filter.Eq(operand)));
    }

    private Value typed(String first) {
        Value value = values.object(first, 1);
        if (value.type() == ValueType.MAP) {
            throw in.fault(ProblemType.BAD_VALUE, "to compare with a map, write {\"eq\": {…}}");
        }
        return value;
    }

    /** @throws ProblemException when there are too many conditions */
    private Filter counted(Filter condition) {
        if (++conditions > in.limits().filterConditions()) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "a filter has more than " + in.limits().filterConditions() + " conditions");
        }
        return condition;
    }
}
