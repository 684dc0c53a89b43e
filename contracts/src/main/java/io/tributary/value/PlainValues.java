package io.tributary.value;

import io.tributary.name.DocumentName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of Java's own objects. */
final class PlainValues {

    private PlainValues() {}

    static Value of(@Nullable Object plain) {
        if (plain == null) {
            return NullValue.NULL;
        } else if (plain instanceof Value value) {
            return value;
        } else if (plain instanceof CharSequence text) {
            return new StringValue(text.toString());
        } else if (plain instanceof Boolean truth) {
            return new BooleanValue(truth);
        } else if (plain instanceof Number number) {
            return number(number);
        } else if (plain instanceof Instant time) {
            return new TimestampValue(time);
        } else if (plain instanceof byte[] bytes) {
            return BytesValue.of(bytes);
        } else if (plain instanceof DocumentName document) {
            return new ReferenceValue(document);
        } else if (plain instanceof Iterable<?> elements) {
            return array(elements);
        } else if (plain instanceof Map<?, ?> members) {
            return map(members);
        }
        throw new IllegalArgumentException(
                "no value of a document is made of a " + plain.getClass().getName());
    }

    private static Value number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return new IntegerValue(number.longValue());
        } else if (number instanceof Double || number instanceof Float) {
            return new DoubleValue(number.doubleValue());
        }
        throw new IllegalArgumentException(
                "a number is a long or a double, not a " + number.getClass().getName());
    }

    private static ArrayValue array(Iterable<?> elements) {
        List<Value> values = new ArrayList<>();
        elements.forEach(element -> values.add(of(element)));
        return new ArrayValue(values);
    }

    private static MapValue map(Map<?, ?> members) {
        MapValue.Builder map = MapValue.builder();
        members.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new IllegalArgumentException("the members of a map are named by strings, not by " + name);
            }
            map.put(text, of(value));
        });
        return map.build();
    }
}
