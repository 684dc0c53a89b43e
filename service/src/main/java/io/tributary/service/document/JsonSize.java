package io.tributary.service.document;

import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;

final class JsonSize {

    private JsonSize() {}

    static long of(Value value) {
        return value instanceof StringValue(var text)
                ? text.length() + 2
                : value.toString().length();
    }

    static long frame(MapValue map) {
        return 2L + Math.max(0, map.members().size() - 1);
    }
}
