package io.tributary.value;

import java.util.Arrays;
import java.util.HexFormat;

/** A sequence of bytes. */
public final class BytesValue implements Value {

    private final byte[] bytes;

    private BytesValue(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Copies {@code bytes}. */
    public static BytesValue of(byte... bytes) {
        return new BytesValue(bytes.clone());
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    /** A copy of the bytes. */
    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Compares as unsigned bytes, the shorter first where one begins with the other. */
    int compareUnsigned(BytesValue other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public ValueType type() {
        return ValueType.BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytesValue that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "BytesValue[" + HexFormat.of().formatHex(bytes) + "]";
    }
}
