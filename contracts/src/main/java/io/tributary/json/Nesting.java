package io.tributary.json;

import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.Value;

/** How deep maps and arrays lie inside one another. */
final class Nesting {

    private Nesting() {}

    /** The levels of a value: 0 for a scalar, 1 for a map or array of scalars. Typed values are scalars. */
    static int of(Value value) {
        Iterable<Value> parts;
        if (value instanceof MapValue map) {
            parts = map.members().values();
        } else if (value instanceof ArrayValue array) {
            parts = array.elements();
        } else {
            return 0;
        }
        int deepest = 0;
        for (Value part : parts) {
            deepest = Math.max(deepest, of(part));
        }
        return deepest + 1;
    }
}
