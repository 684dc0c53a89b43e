package io.tributary.service.query;

import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.List;

/** A part of a document. */
public final class Projection {

    private Projection() {}

    /** What {@code fields} lead to in {@code data}, where it was; a path that leads nowhere adds nothing. */
    public static MapValue of(MapValue data, List<FieldPath> fields) {
        MapValue part = MapValue.EMPTY;
        for (FieldPath field : fields) {
            Value value = data.get(field);
            if (value != null) {
                part = put(part, field.segments(), value);
            }
        }
        return part;
    }

    private static MapValue put(MapValue map, List<FieldPath.Segment> path, Value value) {
        String name = switch (path.getFirst()) {
            case FieldPath.Key key -> key.name();
        };
        if (path.size() == 1) {
            return map.with(name, value);
        }
        MapValue inner = map.get(name) instanceof MapValue there ? there : MapValue.EMPTY;
        return map.with(name, put(inner, path.subList(1, path.size()), value));
    }
}
