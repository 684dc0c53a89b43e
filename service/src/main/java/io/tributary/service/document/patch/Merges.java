package io.tributary.service.document.patch;

import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.Value;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/** Merges maps. Only maps are entered: arrays and typed values are replaced whole. */
public final class Merges {

    private Merges() {}

    /** A merge patch (RFC 7396): null removes a member, a map merges into what stands there, or into nothing. */
    public static MapValue patch(MapValue target, MapValue patch) {
        var changes = new LinkedHashMap<String, @Nullable Value>();
        patch.members()
                .forEach((name, value) -> changes.put(
                        name,
                        switch (value) {
                            case NullValue.NULL -> null;
                            case MapValue inner ->
                                patch(target.get(name) instanceof MapValue map ? map : MapValue.EMPTY, inner);
                            default -> value;
                        }));
        return target.withAll(changes);
    }

    /** The union of both, null a value like any other; where both have a map, their union. */
    static MapValue deep(MapValue target, MapValue members) {
        var changes = new LinkedHashMap<String, @Nullable Value>();
        members.members()
                .forEach((name, value) -> changes.put(
                        name,
                        target.get(name) instanceof MapValue map && value instanceof MapValue inner
                                ? deep(map, inner)
                                : value));
        return target.withAll(changes);
    }
}
