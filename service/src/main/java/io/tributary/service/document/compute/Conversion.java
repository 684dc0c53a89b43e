package io.tributary.service.document.compute;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import io.tributary.name.FieldName;
import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Values in CEL and back. Maps and arrays are converted member by member, when an expression looks at them. References,
 * geopoints and vectors have no like in CEL: an expression can move them, and nothing else.
 */
final class Conversion {

    private Conversion() {}

    static Object toCel(Value value) {
        return switch (value) {
            case MapValue map -> new MapView(map);
            case ArrayValue array -> new ArrayView(array);
            case IntegerValue(long integer) -> integer;
            case DoubleValue(double number) -> number;
            case StringValue(String text) -> text;
            case BooleanValue(boolean truth) -> truth;
            case TimestampValue(Instant time) -> time;
            case BytesValue bytes -> CelByteString.of(bytes.toByteArray());
            case io.tributary.value.NullValue _ -> NullValue.NULL_VALUE;
            default -> value;
        };
    }

    /** @throws IllegalArgumentException when a document cannot hold it, saying why */
    static Value ofCel(Object result) {
        return switch (result) {
            case MapView view -> view.map;
            case ArrayView view -> view.array;
            case Value value -> value;
            case Long integer -> new IntegerValue(integer);
            case Double number -> new DoubleValue(number);
            case UnsignedLong unsigned -> ofUnsigned(unsigned);
            case Boolean truth -> new BooleanValue(truth);
            case String text -> new StringValue(storable(text));
            case Instant time -> new TimestampValue(time.truncatedTo(ChronoUnit.MICROS));
            case CelByteString bytes -> BytesValue.of(bytes.toByteArray());
            case NullValue _ -> io.tributary.value.NullValue.NULL;
            case List<?> list ->
                new ArrayValue(list.stream().map(Conversion::ofCel).toList());
            case Map<?, ?> map -> ofMap(map);
            default -> throw new IllegalArgumentException("the result is of a type that a document cannot hold");
        };
    }

    private static Value ofUnsigned(UnsignedLong unsigned) {
        if (unsigned.longValue() < 0) {
            throw new IllegalArgumentException("the result is an unsigned integer that does not fit into 64 bits");
        }
        return new IntegerValue(unsigned.longValue());
    }

    private static MapValue ofMap(Map<?, ?> map) {
        MapValue.Builder members = MapValue.builder();
        map.forEach((key, member) -> {
            if (!(key instanceof String name)) {
                throw new IllegalArgumentException("the result is a map with a key that is no string");
            }
            members.add(FieldName.check(name), ofCel(member));
        });
        return members.build();
    }

    private static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the result holds U+0000");
        }
        return text;
    }

    private static final class ArrayView extends AbstractList<Object> {

        private final ArrayValue array;

        ArrayView(ArrayValue array) {
            this.array = array;
        }

        @Override
        public Object get(int index) {
            return toCel(array.elements().get(index));
        }

        @Override
        public int size() {
            return array.elements().size();
        }
    }

    private static final class MapView extends AbstractMap<String, Object> {

        private final MapValue map;

        MapView(MapValue map) {
            this.map = map;
        }

        @Override
        public @Nullable Object get(@Nullable Object key) {
            Value member = key instanceof String name ? map.get(name) : null;
            return member == null ? null : toCel(member);
        }

        @Override
        public boolean containsKey(@Nullable Object key) {
            return key instanceof String name && map.get(name) != null;
        }

        @Override
        public Set<Entry<String, Object>> entrySet() {
            return new AbstractSet<>() {

                @Override
                public Iterator<Entry<String, Object>> iterator() {
                    return map.members().entrySet().stream()
                            .map(member -> Map.entry(member.getKey(), toCel(member.getValue())))
                            .iterator();
                }

                @Override
                public int size() {
                    return map.members().size();
                }
            };
        }
    }
}
