package io.tributary.value;

import java.util.List;

/** A list of values of any types. */
public record ArrayValue(List<Value> elements) implements Value {

    public static final ArrayValue EMPTY = new ArrayValue(List.of());

    public ArrayValue {
        elements = List.copyOf(elements);
    }

    /** An array of the given elements. */
    public static ArrayValue of(Value... elements) {
        return new ArrayValue(List.of(elements));
    }

    @Override
    public ValueType type() {
        return ValueType.ARRAY;
    }
}
