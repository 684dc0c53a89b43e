package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.name.FieldName;
import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/**
 * Reads what stands behind {@code @map}: the plain map of an escape, or a value like any other where {@code @map} is one of
 * several keys. {@code {"@map": {"@a": 1}}} is a map with the key {@code @a}, {@code {"@map": {"@a": 1}, "b": 2}} holds a
 * value of the type {@code @a}. So the operand is read raw, as if there were no types, until the next key has told.
 */
final class EscapeReader {

    private final JsonInput in;
    private final ValueReader scalars;

    EscapeReader(JsonInput in, ValueReader scalars) {
        this.in = in;
        this.scalars = scalars;
    }

    /** Reads a value in which no object is taken for a typed value. */
    Value raw() {
        if (in.is(JsonToken.START_OBJECT)) {
            return rawMap();
        } else if (in.is(JsonToken.START_ARRAY)) {
            List<Value> elements = new ArrayList<>();
            in.eachElement("an array", () -> elements.add(raw()));
            return new ArrayValue(elements);
        }
        return scalars.value(1);
    }

    private MapValue rawMap() {
        MapValue.Builder map = MapValue.builder();
        in.eachMember("an object", name -> {
            in.checking(ProblemType.BAD_VALUE, () -> FieldName.check(name));
            map.add(name, raw());
        });
        return map.build();
    }

    /**
     * The value that a raw one stands for.
     *
     * @throws IllegalArgumentException when an object in it is no value of its type
     */
    static Value resolved(Value raw) {
        if (raw instanceof MapValue map) {
            return ValueWriter.needsEscape(map) ? typed(map) : unescaped(map);
        } else if (raw instanceof ArrayValue array) {
            return new ArrayValue(
                    array.elements().stream().map(EscapeReader::resolved).toList());
        }
        return raw;
    }

    private static Value typed(MapValue raw) {
        Map.Entry<String, Value> only = raw.members().entrySet().iterator().next();
        return only.getKey().equals(TypedValues.ESCAPE)
                ? unescaped(only.getValue())
                : TypedValues.read(only.getKey(), resolved(only.getValue()));
    }

    /**
     * The map that a raw operand of an escape stands for, which is never taken for a typed value itself.
     *
     * @throws IllegalArgumentException when it is no map, or an object in it is no value of its type
     */
    static MapValue unescaped(Value raw) {
        if (!(raw instanceof MapValue map)) {
            throw new IllegalArgumentException("@map takes an object");
        }
        MapValue.Builder resolved = MapValue.builder();
        map.members().forEach((name, value) -> resolved.add(name, resolved(value)));
        return resolved.build();
    }
}
