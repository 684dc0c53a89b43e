package io.tributary.service.document.filter;

import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges filters. */
public final class Filters {

    private Filters() {}

    /** Whether {@code filter} holds for {@code subjects}. */
    public static boolean matches(Filter filter, Subjects subjects) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(each -> matches(each, subjects));
            case Filter.Or(var filters) -> filters.stream().anyMatch(each -> matches(each, subjects));
            case Filter.Not(var enclosed) -> !matches(enclosed, subjects);
            case Filter.Is(var subject, var test) -> holds(test, subjects.valueOf(subject));
        };
    }

    /**
     * Whether {@code filter} holds for an array element. What it says about fields, negated or not, holds only for
     * elements that are maps.
     */
    public static boolean matchesElement(Filter filter, Value element) {
        return element instanceof MapValue
                ? matches(filter, Subjects.ofElement(element))
                : matchesFieldless(filter, element);
    }

    private static boolean matchesFieldless(Filter filter, Value element) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(each -> matchesFieldless(each, element));
            case Filter.Or(var filters) -> filters.stream().anyMatch(each -> matchesFieldless(each, element));
            case Filter.Not not -> !speaksOfFields(not) && matches(not, Subjects.ofElement(element));
            case Filter.Is is -> !speaksOfFields(is) && matches(is, Subjects.ofElement(element));
        };
    }

    private static boolean speaksOfFields(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().anyMatch(Filters::speaksOfFields);
            case Filter.Or(var filters) -> filters.stream().anyMatch(Filters::speaksOfFields);
            case Filter.Not(var enclosed) -> speaksOfFields(enclosed);
            case Filter.Is is -> !(is.subject() instanceof Subject.Element);
        };
    }

    private static boolean holds(Filter.Test test, @Nullable Value value) {
        if (value == null) {
            return test instanceof Filter.Exists(boolean expected) && !expected;
        }
        return switch (test) {
            case Filter.Exists(boolean expected) -> expected;
            case Filter.Eq(var operand) -> ValueOrder.equal(value, operand);
            case Filter.In(var operands) -> operands.stream().anyMatch(each -> ValueOrder.equal(value, each));
            case Filter.Compare(var comparison, var operand) ->
                ValueOrder.comparable(value, operand) && holds(comparison, value, operand);
            case Filter.HasType(var type) -> type.includes(value.type());
            case Filter.StartsWith(var prefix) -> value instanceof StringValue(var text) && text.startsWith(prefix);
            case Filter.Matches(var pattern) ->
                value instanceof StringValue(var text) && pattern.matcher(text).find();
            case Filter.Mod mod -> Remainder.holds(mod, value);
            case Filter.Contains(var operand) ->
                elements(value).stream().anyMatch(each -> ValueOrder.equal(each, operand));
            case Filter.ContainsAny(var operands) -> containsAny(elements(value), operands);
            case Filter.ContainsAll(var operands) -> value instanceof ArrayValue(var in) && containsAll(in, operands);
            case Filter.Size(int expected) -> value instanceof ArrayValue(var in) && in.size() == expected;
            case Filter.ElemMatch(var filter) ->
                elements(value).stream().anyMatch(each -> matchesElement(filter, each));
        };
    }

    private static boolean holds(Filter.Comparison comparison, Value value, Value operand) {
        int order = ValueOrder.COMPARATOR.compare(value, operand);
        return switch (comparison) {
            case GT -> order > 0;
            case GTE -> order >= 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
        };
    }

    private static List<Value> elements(Value value) {
        return value instanceof ArrayValue(var elements) ? elements : List.of();
    }

    private static boolean containsAny(List<Value> elements, List<Value> operands) {
        var wanted = EqualValues.of(operands);
        return elements.stream().anyMatch(wanted::contains);
    }

    private static boolean containsAll(List<Value> elements, List<Value> operands) {
        var wanted = EqualValues.of(operands);
        elements.forEach(wanted::remove);
        return wanted.isEmpty();
    }
}
