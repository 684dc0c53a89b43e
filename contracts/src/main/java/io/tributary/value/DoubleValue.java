package io.tributary.value;

/** An IEEE 754 double, NaN and the infinities included. */
public record DoubleValue(double value) implements NumberValue {

    @Override
    public ValueType type() {
        return ValueType.DOUBLE;
    }
}
