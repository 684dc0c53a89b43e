package io.tributary.json;

import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.GeopointValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;

/** The length of a value's wire form, added up without writing it. */
final class ValueSize {

    private static final int NULL = "null".length();
    private static final int TIMESTAMP = "{\"@timestamp\":\"2026-11-21T08:00:00.000001Z\"}".length();
    private static final int DOUBLE = "{\"@double\":\"\"}".length();
    private static final int BYTES = "{\"@bytes\":\"\"}".length();
    private static final int REFERENCE = "{\"@reference\":}".length();
    private static final int GEOPOINT = "{\"@geopoint\":{\"latitude\":,\"longitude\":}}".length();
    private static final int VECTOR = "{\"@vector\":[]}".length();
    private static final int ESCAPE = "{\"@map\":}".length();

    private ValueSize() {}

    static long of(Value value) {
        if (value instanceof StringValue string) {
            return ofString(string.value());
        } else if (value instanceof IntegerValue integer) {
            return digits(integer.value());
        } else if (value instanceof DoubleValue real) {
            return ofDouble(real.value());
        } else if (value instanceof MapValue map) {
            return ofMap(map);
        } else if (value instanceof ArrayValue array) {
            long size = 2L + Math.max(0, array.elements().size() - 1);
            for (Value element : array.elements()) {
                size += of(element);
            }
            return size;
        } else if (value instanceof BooleanValue bool) {
            return bool.value() ? 4 : 5;
        } else if (value instanceof TimestampValue) {
            return TIMESTAMP;
        } else if (value instanceof BytesValue bytes) {
            return BYTES + (bytes.toByteArray().length + 2) / 3 * 4L;
        } else if (value instanceof ReferenceValue reference) {
            return REFERENCE + ofString(reference.document().key());
        } else if (value instanceof GeopointValue point) {
            return (long) GEOPOINT + ofDouble(point.latitude()) + ofDouble(point.longitude());
        } else if (value instanceof VectorValue vector) {
            return ofVector(vector);
        }
        return NULL;
    }

    private static long ofMap(MapValue map) {
        long size = 2L + Math.max(0, map.members().size() - 1);
        for (var member : map.members().entrySet()) {
            size += ofString(member.getKey()) + 1 + of(member.getValue());
        }
        return ValueWriter.needsEscape(map) ? size + ESCAPE : size;
    }

    private static long ofVector(VectorValue vector) {
        long size = VECTOR + vector.dimensions() - 1L;
        for (int i = 0; i < vector.dimensions(); i++) {
            size += ofDouble(vector.get(i));
        }
        return size;
    }

    private static int ofDouble(double value) {
        int length = Double.toString(value).length();
        return Double.isNaN(value) || Double.isInfinite(value) ? DOUBLE + length : length;
    }

    private static int digits(long value) {
        int digits = value < 0 ? 2 : 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            digits++;
        }
        return digits;
    }

    private static long ofString(String text) {
        long size = 2L + text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // Each half of a surrogate pair counts for two of its four bytes.
                size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            } else if (c == '"' || c == '\\') {
                size++;
            } else if (c < 0x20) {
                size += c == '\n' || c == '\t' || c == '\r' || c == '\b' || c == '\f' ? 1 : 5;
            }
        }
        return size;
    }
}
