package io.tributary.value;

/** A 64-bit integer or a double. */
public sealed interface NumberValue extends Value permits IntegerValue, DoubleValue {}
