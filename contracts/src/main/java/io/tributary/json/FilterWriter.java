package io.tributary.json;

import io.tributary.value.MapValue;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * Writes filters. A conjunction becomes one object where reading it back gives the same tests in the same order, else a
 * list behind {@code and}. In canonical form the parts of conjunctions and disjunctions are sorted by their text.
 */
final class FilterWriter {

    private final JsonGenerator out;
    private final Form form;
    private final ValueWriter values;

    FilterWriter(JsonGenerator out, Form form) {
        this.out = out;
        this.form = form;
        this.values = new ValueWriter(out, form);
    }

    void filter(Filter filter) {
        out.writeStartObject();
        if (filter instanceof Filter.And and) {
            and(and.filters());
        } else if (filter instanceof Filter.Or or) {
            list("or", or.filters());
        } else {
            part(filter);
        }
        out.writeEndObject();
    }

    private void and(List<Filter> parts) {
        if (form == Form.CANONICAL || !mergeable(parts)) {
            list("and", parts);
        } else {
            parts(parts);
        }
    }

    private void list(String connective, List<Filter> filters) {
        out.writeArrayPropertyStart(connective);
        if (form == Form.CANONICAL) {
            filters.stream()
                    .map(filter -> JsonOutput.string(text -> new FilterWriter(text, form).filter(filter)))
                    .sorted()
                    .forEach(out::writeRawValue);
        } else {
            filters.forEach(this::filter);
        }
        out.writeEndArray();
    }

    private void part(Filter filter) {
        Tested tested = tested(filter);
        if (tested != null) {
            parts(List.of(filter));
        } else if (filter instanceof Filter.Not not) {
            out.writeName("not");
            filter(not.filter());
        }
    }

    /** A test and whether it is negated, for the two tests that have a negation of their own. */
    private record Tested(Subject subject, Filter.Test test, boolean negated) {

        String operator() {
            return !negated ? test.name() : test instanceof Filter.In ? "notIn" : "ne";
        }
    }

    private static @Nullable Tested tested(Filter filter) {
        if (filter instanceof Filter.Is is) {
            return new Tested(is.subject(), is.test(), false);
        } else if (filter instanceof Filter.Not not
                && not.filter() instanceof Filter.Is is
                && (is.test() instanceof Filter.Eq || is.test() instanceof Filter.In)) {
            return new Tested(is.subject(), is.test(), true);
        }
        return null;
    }

    /** Whether the parts can be the members of one object: tests only, of subjects that do not recur. */
    private static boolean mergeable(List<Filter> parts) {
        Set<String> subjects = new HashSet<>();
        Set<String> operators = new HashSet<>();
        Subject last = null;
        boolean ofElement = false;
        for (Filter part : parts) {
            Tested tested = tested(part);
            if (tested == null || parts.size() == 1) {
                return false;
            }
            if (!tested.subject().equals(last)) {
                operators.clear();
                ofElement |= tested.subject() instanceof Subject.Element;
                if (!subjects.add(tested.subject().toString()) || (ofElement && subjects.size() > 1)) {
                    return false;
                }
                last = tested.subject();
            }
            if (!operators.add(tested.operator())) {
                return false;
            }
        }
        return true;
    }

    /** Writes tests, those of one subject together. */
    private void parts(List<Filter> parts) {
        List<Tested> pending = new ArrayList<>();
        for (Filter part : parts) {
            Tested tested = tested(part);
            if (tested != null) {
                if (!pending.isEmpty() && !pending.get(0).subject().equals(tested.subject())) {
                    subject(pending);
                    pending.clear();
                }
                pending.add(tested);
            }
        }
        if (!pending.isEmpty()) {
            subject(pending);
        }
    }

    private void subject(List<Tested> tests) {
        Subject subject = tests.get(0).subject();
        if (subject instanceof Subject.Element) {
            tests.forEach(this::test);
            return;
        }
        out.writeName(subject instanceof Subject.Field field ? TestReader.key(field.path()) : subject.toString());
        if (tests.size() == 1
                && !tests.get(0).negated()
                && tests.get(0).test() instanceof Filter.Eq eq
                && !(eq.operand() instanceof MapValue)) {
            values.value(eq.operand());
            return;
        }
        out.writeStartObject();
        tests.forEach(this::test);
        out.writeEndObject();
    }

    private void test(Tested tested) {
        out.writeName(tested.operator());
        Filter.Test test = tested.test();
        if (test instanceof Filter.Eq eq) {
            values.value(eq.operand());
        } else if (test instanceof Filter.Compare compare) {
            values.value(compare.operand());
        } else if (test instanceof Filter.In in) {
            array(in.operands(), values::value);
        } else if (test instanceof Filter.Exists exists) {
            out.writeBoolean(exists.expected());
        } else if (test instanceof Filter.Contains contains) {
            values.value(contains.operand());
        } else if (test instanceof Filter.ContainsAny any) {
            array(any.operands(), values::value);
        } else if (test instanceof Filter.ContainsAll all) {
            array(all.operands(), values::value);
        } else if (test instanceof Filter.Size size) {
            out.writeNumber(size.expected());
        } else if (test instanceof Filter.StartsWith startsWith) {
            out.writeString(startsWith.prefix());
        } else if (test instanceof Filter.Matches matches) {
            out.writeString(matches.pattern().pattern());
        } else if (test instanceof Filter.Mod mod) {
            array(List.of(mod.divisor(), mod.remainder()), out::writeNumber);
        } else if (test instanceof Filter.HasType type) {
            out.writeString(type.type().wireName());
        } else if (test instanceof Filter.ElemMatch match) {
            filter(match.filter());
        }
    }

    private <T> void array(List<T> elements, Consumer<T> element) {
        out.writeStartArray();
        elements.forEach(element);
        out.writeEndArray();
    }
}
