package io.tributary.service.document;

import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.GeopointValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;

/** What the compact JSON of a value takes at most: told without looking at characters and digits, so that it is cheap. */
final class SizeBound {

    /** Braces, and for a typed value its key and quotes. */
    private static final int FRAME = 64;

    /** Of {@link Double#toString}, and of a comma. */
    private static final int NUMBER = 26;

    /** A control character is written as {@code \u001f}. */
    private static final int CHARACTER = 6;

    private SizeBound() {}

    static long of(Value value) {
        return switch (value) {
            case MapValue map -> ofMap(map);
            case ArrayValue(var elements) -> {
                long sum = FRAME;
                for (Value element : elements) {
                    sum += of(element) + 1;
                }
                yield sum;
            }
            case StringValue(var text) -> ofText(text);
            case ReferenceValue(var document) -> FRAME + ofText(document.key());
            case BytesValue bytes -> FRAME + 4L * (bytes.size() / 3 + 1);
            case VectorValue vector -> FRAME + (long) NUMBER * vector.dimensions();
            case GeopointValue _, TimestampValue _ -> FRAME + 2L * NUMBER;
            case IntegerValue _, DoubleValue _, BooleanValue _, NullValue _ -> NUMBER;
        };
    }

    private static long ofMap(MapValue map) {
        long sum = FRAME;
        for (var member : map.members().entrySet()) {
            sum += ofText(member.getKey()) + of(member.getValue()) + 2;
        }
        return sum;
    }

    private static long ofText(String text) {
        return 2 + (long) CHARACTER * text.length();
    }
}
