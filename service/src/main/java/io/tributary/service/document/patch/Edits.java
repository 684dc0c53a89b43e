package io.tributary.service.document.patch;

import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** New values of fields whose paths do not overlap, gathered so that each map on the way to them is copied once. */
final class Edits {

    private final Map<String, @Nullable Value> members = new LinkedHashMap<>();
    private final Map<String, Edits> inner = new LinkedHashMap<>();

    /**
     * Gives the field at {@code path} a value. Parents that are missing become maps.
     *
     * @param value null to remove the field
     */
    void put(FieldPath path, @Nullable Value value) {
        List<FieldPath.Segment> segments = path.segments();
        Edits edits = this;
        for (FieldPath.Segment parent : segments.subList(0, segments.size() - 1)) {
            edits = edits.inner.computeIfAbsent(name(parent), _ -> new Edits());
        }
        edits.members.put(name(segments.getLast()), value);
    }

    /** The data with these edits. */
    MapValue applyTo(MapValue data) {
        var changes = new LinkedHashMap<>(members);
        inner.forEach((name, edits) -> {
            MapValue child = data.get(name) instanceof MapValue map ? map : MapValue.EMPTY;
            changes.put(name, edits.applyTo(child));
        });
        return data.withAll(changes);
    }

    static String name(FieldPath.Segment segment) {
        return switch (segment) {
            case FieldPath.Key(String name) -> name;
        };
    }
}
