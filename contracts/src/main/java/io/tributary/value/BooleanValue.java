package io.tributary.value;

/** {@code true} or {@code false}. */
public record BooleanValue(boolean value) implements Value {

    @Override
    public ValueType type() {
        return ValueType.BOOLEAN;
    }
}
