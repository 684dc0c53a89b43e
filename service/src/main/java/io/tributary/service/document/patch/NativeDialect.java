package io.tributary.service.document.patch;

import io.tributary.service.document.compute.Computed;
import io.tributary.service.document.compute.Expressions;
import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.NumberValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import io.tributary.value.ValueType;
import io.tributary.write.Operator;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators' table of the interface: a missing field is an empty one, another type is an error. */
final class NativeDialect implements Dialect {

    @Override
    public Made make(Operator operator, MapValue before, Occasion occasion) {
        Value stored = before.get(operator.path());
        return switch (operator) {
            case Operator.Set set -> new Made.Field(set.value());
            case Operator.SetOnCreate set -> new Made.Field(occasion.creates() ? set.value() : stored);
            case Operator.ServerTimestamp _ -> new Made.Field(new TimestampValue(occasion.time()));
            case Operator.Compute compute -> computed(compute.expression(), before, occasion);
            case Operator.Unset _, Operator.Rename _ -> new Made.Field(null);
            case Operator.Increment increment -> number(stored, increment.by(), Arithmetic::add, by -> by);
            case Operator.Multiply multiply -> number(stored, multiply.by(), Arithmetic::multiply, Arithmetic::zero);
            case Operator.Min min -> new Made.Field(isAfter(stored, min.value()) ? min.value() : stored);
            case Operator.Max max -> new Made.Field(isBefore(stored, max.value()) ? max.value() : stored);
            case Operator.Merge merge ->
                map(stored, map -> map.withAll(merge.members().members()));
            case Operator.MergeDeep merge -> map(stored, map -> Merges.deep(map, merge.members()));
            case Operator.Append append -> array(stored, elements -> Elements.append(elements, append));
            case Operator.Prepend prepend -> array(stored, elements -> Elements.insert(elements, 0, prepend.values()));
            case Operator.AppendUnique append ->
                array(stored, elements -> Elements.appendUnique(elements, append.values()));
            case Operator.Remove remove -> present(stored, elements -> Elements.remove(elements, remove.values()));
            case Operator.RemoveWhere remove ->
                present(stored, elements -> Elements.removeWhere(elements, remove.filter()));
            case Operator.Pop _ -> present(stored, elements -> elements.subList(0, Math.max(0, elements.size() - 1)));
            case Operator.Shift _ ->
                present(stored, elements -> elements.subList(Math.min(1, elements.size()), elements.size()));
        };
    }

    private static Made computed(String expression, MapValue before, Occasion occasion) {
        return switch (Expressions.evaluate(expression, before, occasion.time(), occasion.id())) {
            case Computed.Result(var value) -> new Made.Field(value);
            case Computed.Overflow() -> new Made.Overflow();
            case Computed.Failure(var reason) -> new Made.Failure(reason);
        };
    }

    private interface Calculation {
        Made of(NumberValue stored, NumberValue operand);
    }

    private static Made number(
            @Nullable Value stored, NumberValue operand, Calculation calculation, UnaryOperator<NumberValue> missing) {
        return switch (stored) {
            case null -> new Made.Field(missing.apply(operand));
            case NumberValue number -> calculation.of(number, operand);
            default -> new Made.Mismatch(ValueType.NUMBER, stored.type());
        };
    }

    private static boolean isAfter(@Nullable Value stored, Value value) {
        return stored == null || ValueOrder.COMPARATOR.compare(stored, value) > 0;
    }

    private static boolean isBefore(@Nullable Value stored, Value value) {
        return stored == null || ValueOrder.COMPARATOR.compare(stored, value) < 0;
    }

    private static Made map(@Nullable Value stored, UnaryOperator<MapValue> merge) {
        return switch (stored) {
            case null -> new Made.Field(merge.apply(MapValue.EMPTY));
            case MapValue map -> new Made.Field(merge.apply(map));
            default -> new Made.Mismatch(ValueType.MAP, stored.type());
        };
    }

    private static Made array(@Nullable Value stored, Function<List<Value>, List<Value>> change) {
        return stored == null ? present(ArrayValue.EMPTY, change) : present(stored, change);
    }

    /** Like {@link #array}, but what is missing stays missing. */
    private static Made present(@Nullable Value stored, Function<List<Value>, List<Value>> change) {
        return switch (stored) {
            case null -> new Made.Field(null);
            case ArrayValue(var elements) -> new Made.Field(new ArrayValue(change.apply(elements)));
            default -> new Made.Mismatch(ValueType.ARRAY, stored.type());
        };
    }
}
