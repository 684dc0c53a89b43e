package io.tributary.json;

import io.tributary.change.ProblemType;
import io.tributary.name.FieldName;
import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.NumberValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/**
 * Reads values.
 *
 * <p>An object whose first key starts with {@code @} may be a typed value or a map, which only its second key tells. So
 * its first member is read as a value like any other, and converted when it turns out to be the only one.
 *
 * <p>A <em>level</em> is the number of maps and arrays around a value, plus one: the document itself is on level 1.
 */
final class ValueReader {

    private final JsonInput in;
    private final int maxLevel;

    ValueReader(JsonInput in) {
        this.in = in;
        this.maxLevel = in.limits().nesting();
    }

    /** Reads the value that the reader stands on, where it would lie on {@code level} of a document. */
    Value value(int level) {
        JsonToken token = in.token();
        return switch (token) {
            case START_OBJECT -> object(level);
            case START_ARRAY -> array(level);
            case VALUE_STRING -> new StringValue(in.text("a string"));
            case VALUE_NUMBER_INT -> new IntegerValue(in.integer("an integer"));
            case VALUE_NUMBER_FLOAT -> new DoubleValue(in.real("a number"));
            case VALUE_TRUE -> new BooleanValue(true);
            case VALUE_FALSE -> new BooleanValue(false);
            case VALUE_NULL -> NullValue.NULL;
            default -> throw in.expected("a value");
        };
    }

    /** Reads a value that must be a map. */
    MapValue map(int level, String what) {
        in.require(JsonToken.START_OBJECT, what);
        if (object(level) instanceof MapValue map) {
            return map;
        }
        throw in.fault(ProblemType.BAD_VALUE, "expected " + what + ", found a typed value");
    }

    /** Reads a value that must be a number. */
    NumberValue number(String what) {
        if (is(JsonToken.START_OBJECT) || is(JsonToken.VALUE_NUMBER_INT) || is(JsonToken.VALUE_NUMBER_FLOAT)) {
            if (value(1) instanceof NumberValue number) {
                return number;
            }
        }
        throw in.expected(what);
    }

    /** Reads an array of values, each of which would lie on {@code level}. */
    List<Value> values(int level, String what) {
        List<Value> values = new ArrayList<>();
        in.eachElement(what, () -> values.add(value(level)));
        return values;
    }

    private boolean is(JsonToken token) {
        return in.is(token);
    }

    private Value array(int level) {
        checkLevel(level);
        List<Value> elements = new ArrayList<>();
        while (in.next() != JsonToken.END_ARRAY) {
            elements.add(value(level + 1));
        }
        return elements.isEmpty() ? ArrayValue.EMPTY : new ArrayValue(elements);
    }

    private Value object(int level) {
        return object(in.nextName(), level);
    }

    /** Reads the rest of an object, the reader standing on its first name, or on its end when that is null. */
    Value object(@Nullable String first, int level) {
        if (first == null || first.isEmpty() || first.charAt(0) != '@') {
            checkLevel(level);
            return members(MapValue.builder(), first, level);
        }
        in.next();
        return first.equals(TypedValues.ESCAPE) ? escapeOrMap(level) : typedOrMap(first, level);
    }

    private Value typedOrMap(String type, int level) {
        // An only member is the operand of a type, and no level of the document.
        Value operand = value(level - 1);
        String second = in.nextName();
        return second == null
                ? in.checking(ProblemType.BAD_VALUE, () -> TypedValues.read(type, operand))
                : mapFrom(type, operand, second, level);
    }

    private Value escapeOrMap(int level) {
        Value raw = new EscapeReader(in, this).raw();
        String second = in.nextName();
        if (second != null) {
            Value member = in.checking(ProblemType.BAD_VALUE, () -> EscapeReader.resolved(raw));
            return mapFrom(TypedValues.ESCAPE, member, second, level);
        }
        MapValue map = in.checking(ProblemType.BAD_VALUE, () -> EscapeReader.unescaped(raw));
        checkLevel(level + Nesting.of(map) - 1);
        return map;
    }

    /** Reads the rest of a map that began with a key of the form of a type, but is none. */
    private Value mapFrom(String first, Value member, String second, int level) {
        checkLevel(level + Nesting.of(member));
        MapValue.Builder map = MapValue.builder();
        map.add(first, member);
        return members(map, second, level);
    }

    private MapValue members(MapValue.Builder map, @Nullable String first, int level) {
        for (String name = first; name != null; name = in.nextName()) {
            String checked = name;
            in.checking(ProblemType.BAD_VALUE, () -> FieldName.check(checked));
            in.next();
            if (!map.add(name, value(level + 1))) {
                throw in.duplicate(name);
            }
        }
        return map.build();
    }

    private void checkLevel(int level) {
        if (level > maxLevel) {
            throw in.fault(
                    ProblemType.LIMIT_EXCEEDED,
                    "maps and arrays lie inside one another deeper than " + maxLevel + " levels");
        }
    }
}
