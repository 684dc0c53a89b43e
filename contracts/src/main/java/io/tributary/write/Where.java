package io.tributary.write;

import com.google.re2j.Pattern;
import io.tributary.value.Value;
import io.tributary.value.ValueType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a filter asks of one field, each test by its name on the wire: {@code Where.field("stock").gte(1)}. Operands are
 * whatever {@link Value#of} takes. Immutable.
 */
public final class Where {

    private final Subject subject;

    private Where(Subject subject) {
        this.subject = subject;
    }

    /**
     * A field, {@code address.city}, or a system field, {@code @version}.
     *
     * @throws IllegalArgumentException when it is neither
     */
    public static Where field(String name) {
        return new Where(Subject.of(name));
    }

    /** The element of an array, in the filters of {@link #elemMatch} and {@link UpdateBuilder#removeWhere}. */
    public static Where element() {
        return new Where(new Subject.Element());
    }

    public static Filter and(Filter... filters) {
        return new Filter.And(List.of(filters));
    }

    public static Filter or(Filter... filters) {
        return new Filter.Or(List.of(filters));
    }

    public static Filter not(Filter filter) {
        return new Filter.Not(filter);
    }

    public Filter eq(@Nullable Object operand) {
        return is(new Filter.Eq(Value.of(operand)));
    }

    public Filter ne(@Nullable Object operand) {
        return not(eq(operand));
    }

    public Filter gt(Object operand) {
        return compare(Filter.Comparison.GT, operand);
    }

    public Filter gte(Object operand) {
        return compare(Filter.Comparison.GTE, operand);
    }

    public Filter lt(Object operand) {
        return compare(Filter.Comparison.LT, operand);
    }

    public Filter lte(Object operand) {
        return compare(Filter.Comparison.LTE, operand);
    }

    public Filter in(@Nullable Object... operands) {
        return is(new Filter.In(values(operands)));
    }

    public Filter notIn(@Nullable Object... operands) {
        return not(in(operands));
    }

    public Filter exists(boolean expected) {
        return is(new Filter.Exists(expected));
    }

    public Filter contains(@Nullable Object operand) {
        return is(new Filter.Contains(Value.of(operand)));
    }

    public Filter containsAny(@Nullable Object... operands) {
        return is(new Filter.ContainsAny(values(operands)));
    }

    public Filter containsAll(@Nullable Object... operands) {
        return is(new Filter.ContainsAll(values(operands)));
    }

    public Filter size(int expected) {
        return is(new Filter.Size(expected));
    }

    public Filter startsWith(String prefix) {
        return is(new Filter.StartsWith(prefix));
    }

    /** @throws com.google.re2j.PatternSyntaxException when it is no regular expression of RE2 */
    public Filter matches(String regex) {
        return is(new Filter.Matches(Pattern.compile(regex)));
    }

    public Filter mod(long divisor, long remainder) {
        return is(new Filter.Mod(divisor, remainder));
    }

    public Filter type(ValueType type) {
        return is(new Filter.HasType(type));
    }

    public Filter elemMatch(Filter filter) {
        return is(new Filter.ElemMatch(filter));
    }

    private Filter compare(Filter.Comparison comparison, Object operand) {
        return is(new Filter.Compare(comparison, Value.of(operand)));
    }

    private Filter is(Filter.Test test) {
        return new Filter.Is(subject, test);
    }

    private static List<Value> values(@Nullable Object[] plain) {
        return Arrays.stream(plain).map(Value::of).toList();
    }
}
