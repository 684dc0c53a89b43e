package io.tributary.value;

/** JSON {@code null}: a value like any other, not the absence of one. */
public enum NullValue implements Value {
    NULL;

    @Override
    public ValueType type() {
        return ValueType.NULL;
    }
}
