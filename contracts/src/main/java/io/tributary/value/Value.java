package io.tributary.value;

/**
 * A value of a document. Immutable.
 *
 * <p>{@link Object#equals} means <em>identical</em>: type and value, so {@code 1} and {@code 1.0} differ, {@code 0.0} and
 * {@code -0.0} differ, and NaN is itself. What filters and array operators call <em>equal</em> is {@link ValueOrder#equal}.
 */
public sealed interface Value
        permits NullValue,
                BooleanValue,
                NumberValue,
                TimestampValue,
                StringValue,
                BytesValue,
                ReferenceValue,
                GeopointValue,
                ArrayValue,
                VectorValue,
                MapValue {

    /** The type of this value, as filters and problems name it. */
    ValueType type();
}
