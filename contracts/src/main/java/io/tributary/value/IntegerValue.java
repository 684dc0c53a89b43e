package io.tributary.value;

/** A 64-bit integer. */
public record IntegerValue(long value) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.INTEGER;
    }
}
