package io.tributary.json;

import io.tributary.name.DocumentName;
import io.tributary.value.ArrayValue;
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
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The types that JSON has no syntax for: what an object with the one key {@code @…} means. */
final class TypedValues {

    /** Behind this key stands a map that would be taken for a typed value. */
    static final String ESCAPE = "@map";

    private static final Pattern DECIMAL = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,18})");

    /** Longer decimals say nothing that a double can hold, and are slow to read. */
    private static final int MAX_DECIMAL = 1_000;

    private TypedValues() {}

    /**
     * The value of an object with the only member {@code key}.
     *
     * @param key any but {@link #ESCAPE}
     * @param operand the member, read as a value
     * @throws IllegalArgumentException when there is no such type, or the operand does not fit it
     */
    static Value read(String key, Value operand) {
        return switch (key) {
            case "@timestamp" -> new TimestampValue(Timestamps.parse(text(key, operand)));
            case "@double" -> new DoubleValue(real(text(key, operand)));
            case "@integer" -> new IntegerValue(integer(text(key, operand)));
            case "@bytes" -> BytesValue.of(bytes(text(key, operand)));
            case "@reference" -> new ReferenceValue(DocumentName.ofKey(text(key, operand)));
            case "@geopoint" -> geopoint(operand);
            case "@vector" -> vector(operand);
            default ->
                throw new IllegalArgumentException("\"" + key + "\" is no type; a map whose only key starts with @ is"
                        + " written {\"@map\": {\"" + key + "\": …}}");
        };
    }

    private static String text(String key, Value operand) {
        if (operand instanceof StringValue string) {
            return string.value();
        }
        throw new IllegalArgumentException(key + " takes a string");
    }

    private static double real(String text) {
        if (NOT_FINITE.contains(text)) {
            return Double.parseDouble(text);
        }
        if (text.length() > MAX_DECIMAL || !DECIMAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "@double takes a decimal number, NaN, Infinity or -Infinity as a string");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("a number is beyond the range of doubles");
        }
        return value;
    }

    private static long integer(String text) {
        try {
            if (INTEGER.matcher(text).matches()) {
                return Long.parseLong(text);
            }
        } catch (NumberFormatException beyond64Bits) {
            // Refused below.
        }
        throw new IllegalArgumentException("@integer takes a 64-bit integer as a string");
    }

    private static byte[] bytes(String text) {
        try {
            return Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("@bytes takes base64", e);
        }
    }

    private static GeopointValue geopoint(Value operand) {
        if (operand instanceof MapValue map && map.members().size() == 2) {
            Value latitude = map.get("latitude");
            Value longitude = map.get("longitude");
            if (latitude != null && longitude != null) {
                return new GeopointValue(coordinate(latitude), coordinate(longitude));
            }
        }
        throw new IllegalArgumentException("@geopoint takes {\"latitude\": …, \"longitude\": …}");
    }

    private static double coordinate(Value value) {
        return toDouble(value, "a coordinate is a number");
    }

    private static VectorValue vector(Value operand) {
        if (!(operand instanceof ArrayValue array)) {
            throw new IllegalArgumentException("@vector takes an array of numbers");
        }
        List<Value> elements = array.elements();
        double[] vector = new double[elements.size()];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = toDouble(elements.get(i), "an element of a vector is a number");
        }
        return VectorValue.of(vector);
    }

    private static double toDouble(Value value, String rule) {
        if (value instanceof DoubleValue real) {
            return real.value();
        } else if (value instanceof IntegerValue integer && Math.abs(integer.value()) <= 1L << 53) {
            return integer.value();
        }
        throw new IllegalArgumentException(rule + "; integers beyond 2^53 are written with a fraction");
    }
}
