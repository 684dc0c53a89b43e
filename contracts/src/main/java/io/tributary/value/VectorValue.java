package io.tributary.value;

import java.util.Arrays;

/** A vector of 1 to 2 048 doubles, as embeddings are. */
public final class VectorValue implements Value {

    /** The largest number of dimensions. */
    public static final int MAX_DIMENSIONS = 2_048;

    private final double[] elements;

    private VectorValue(double[] elements) {
        this.elements = elements;
    }

    /**
     * Copies {@code elements}.
     *
     * @throws IllegalArgumentException when there are none or more than {@link #MAX_DIMENSIONS}
     */
    public static VectorValue of(double... elements) {
        if (elements.length == 0 || elements.length > MAX_DIMENSIONS) {
            throw new IllegalArgumentException("a vector has 1 to " + MAX_DIMENSIONS + " elements");
        }
        return new VectorValue(elements.clone());
    }

    public int dimensions() {
        return elements.length;
    }

    public double get(int index) {
        return elements[index];
    }

    @Override
    public ValueType type() {
        return ValueType.VECTOR;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VectorValue that && Arrays.equals(elements, that.elements);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(elements);
    }

    @Override
    public String toString() {
        return "VectorValue" + Arrays.toString(elements);
    }
}
