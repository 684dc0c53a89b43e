package io.tributary.service.document.model;

import io.tributary.value.StringValue;
import io.tributary.value.ValueType;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Judges filters on plain maps and lists. */
final class ModelFilter {

    private ModelFilter() {}

    static boolean matches(Filter filter, Object subject) {
        if (filter instanceof Filter.And(var filters)) {
            return filters.stream().allMatch(each -> matches(each, subject));
        } else if (filter instanceof Filter.Or(var filters)) {
            return filters.stream().anyMatch(each -> matches(each, subject));
        } else if (filter instanceof Filter.Not(var enclosed)) {
            return !matches(enclosed, subject);
        }
        var is = (Filter.Is) filter;
        return holds(is.test(), is.subject() instanceof Subject.Field(var path) ? Model.get(subject, path) : subject);
    }

    /** Each condition on a field, with the negations around it, is one that the element is a map, too. */
    static boolean matchesElement(Filter filter, Object element) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().allMatch(each -> matchesElement(each, element));
            case Filter.Or(var filters) -> filters.stream().anyMatch(each -> matchesElement(each, element));
            default -> (element instanceof Map || !namesField(filter)) && matches(filter, element);
        };
    }

    private static boolean namesField(Filter filter) {
        return switch (filter) {
            case Filter.And(var filters) -> filters.stream().anyMatch(ModelFilter::namesField);
            case Filter.Or(var filters) -> filters.stream().anyMatch(ModelFilter::namesField);
            case Filter.Not(var enclosed) -> namesField(enclosed);
            case Filter.Is is -> is.subject() instanceof Subject.Field;
        };
    }

    private static boolean holds(Filter.Test test, @Nullable Object value) {
        if (test instanceof Filter.Exists(boolean expected)) {
            return (value != null) == expected;
        }
        if (value == null) {
            return false;
        }
        List<Object> elements = value instanceof List<?> list ? Tree.asList(list) : List.of();
        boolean array = value instanceof List;
        return switch (test) {
            case Filter.Exists _ -> throw new AssertionError();
            case Filter.Eq(var operand) -> Tree.equal(value, Tree.of(operand));
            case Filter.In(var operands) -> operands.stream().anyMatch(each -> Tree.equal(value, Tree.of(each)));
            case Filter.Compare(var comparison, var operand) ->
                type(value) == type(Tree.of(operand)) && holds(comparison, Tree.compare(value, Tree.of(operand)));
            case Filter.HasType(var type) ->
                type == Tree.value(value).type() || type == ValueType.NUMBER && value instanceof Number;
            case Filter.StartsWith(var prefix) -> value instanceof StringValue(var text) && text.startsWith(prefix);
            case Filter.Matches(var pattern) ->
                value instanceof StringValue(var text)
                        && Pattern.compile(pattern.pattern()).matcher(text).find();
            case Filter.Mod(long divisor, long remainder) -> mod(value, divisor, remainder);
            case Filter.Size(int size) -> array && elements.size() == size;
            case Filter.Contains(var operand) -> elements.stream().anyMatch(each -> Tree.equal(each, Tree.of(operand)));
            case Filter.ContainsAny(var operands) ->
                operands.stream().anyMatch(operand -> holds(new Filter.Contains(operand), value));
            case Filter.ContainsAll(var operands) ->
                array && operands.stream().allMatch(operand -> holds(new Filter.Contains(operand), value));
            case Filter.ElemMatch(var filter) -> elements.stream().anyMatch(each -> matchesElement(filter, each));
        };
    }

    private static boolean holds(Filter.Comparison comparison, int order) {
        return switch (comparison) {
            case GT -> order > 0;
            case GTE -> order >= 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
        };
    }

    private static ValueType type(Object value) {
        return value instanceof Number ? ValueType.NUMBER : Tree.value(value).type();
    }

    private static boolean mod(Object value, long divisor, long remainder) {
        if (!(value instanceof Number number) || !Double.isFinite(number.doubleValue())) {
            return false;
        }
        var dividend = value instanceof Double real ? new BigDecimal(real) : BigDecimal.valueOf((Long) value);
        return dividend.remainder(BigDecimal.valueOf(divisor)).compareTo(BigDecimal.valueOf(remainder)) == 0;
    }
}
