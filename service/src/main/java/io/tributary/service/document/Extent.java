package io.tributary.service.document;

import io.tributary.value.ArrayValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import java.util.Map;

/**
 * The size and depth of a value, measured no further than its limits: a value that shares its parts can be far larger than
 * the memory that it takes.
 */
final class Extent {

    private final DocumentLimits limits;
    private long bytes;
    private boolean tooDeep;

    private Extent(DocumentLimits limits) {
        this.limits = limits;
    }

    static Extent of(Value value, DocumentLimits limits) {
        var extent = new Extent(limits);
        extent.add(value, 1);
        return extent;
    }

    boolean tooLarge() {
        return bytes > limits.bytes();
    }

    boolean tooDeep() {
        return tooDeep;
    }

    private void add(Value value, int depth) {
        switch (value) {
            case MapValue map -> add(map, depth);
            case ArrayValue array -> add(array, depth);
            default -> bytes += JsonSize.of(value);
        }
    }

    private void add(MapValue map, int depth) {
        tooDeep |= depth > limits.nesting();
        bytes += JsonSize.frame(map);
        for (Map.Entry<String, Value> member : map.members().entrySet()) {
            if (tooDeep || tooLarge()) {
                return;
            }
            bytes += JsonSize.of(new StringValue(member.getKey())) + 1;
            add(member.getValue(), depth + 1);
        }
    }

    private void add(ArrayValue array, int depth) {
        tooDeep |= depth > limits.nesting();
        bytes += 2 + Math.max(0, array.elements().size() - 1);
        for (Value element : array.elements()) {
            if (tooDeep || tooLarge()) {
                return;
            }
            add(element, depth + 1);
        }
    }
}
