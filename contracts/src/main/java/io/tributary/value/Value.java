package io.tributary.value;

import org.jspecify.annotations.Nullable;

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

    /**
     * The value that Java's own object stands for: null, {@code Boolean}, the integers up to {@code Long}, {@code Double},
     * {@code Float}, {@code CharSequence}, {@code Instant}, {@code byte[]}, a {@link io.tributary.name.DocumentName} as a
     * reference, an {@code Iterable} as an array, a {@code Map} by strings; a value stands for itself.
     *
     * @throws IllegalArgumentException for anything else
     */
    static Value of(@Nullable Object plain) {
        return PlainValues.of(plain);
    }
}
