package io.tributary.service.document.model;

import io.tributary.value.ArrayValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.value.ValueOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Values as plain collections that can be changed in place: maps, lists, longs, doubles; all else stays a value. */
final class Tree {

    private Tree() {}

    static Object of(Value value) {
        return switch (value) {
            case MapValue map -> ofMap(map);
            case ArrayValue(var elements) -> {
                var list = new ArrayList<>();
                elements.forEach(element -> list.add(of(element)));
                yield list;
            }
            case IntegerValue(long integer) -> integer;
            case DoubleValue(double real) -> real;
            default -> value;
        };
    }

    static Map<String, Object> ofMap(MapValue map) {
        var tree = new HashMap<String, Object>();
        map.members().forEach((name, member) -> tree.put(name, of(member)));
        return tree;
    }

    static Value value(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var members = new HashMap<String, Value>();
                map.forEach((name, member) -> members.put((String) name, value(member)));
                yield MapValue.of(members);
            }
            case List<?> list -> new ArrayValue(list.stream().map(Tree::value).toList());
            case Long integer -> new IntegerValue(integer);
            case Double real -> new DoubleValue(real);
            default -> (Value) tree;
        };
    }

    static boolean equal(Object a, Object b) {
        return compare(a, b) == 0;
    }

    static int compare(Object a, Object b) {
        return ValueOrder.COMPARATOR.compare(value(a), value(b));
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> asMap(Object tree) {
        return (Map<String, Object>) tree;
    }

    @SuppressWarnings("unchecked")
    static List<Object> asList(Object tree) {
        return (List<Object>) tree;
    }
}
