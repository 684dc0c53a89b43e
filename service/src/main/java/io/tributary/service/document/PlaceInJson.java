package io.tributary.service.document;

import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON Pointers into the JSON form of documents. */
final class PlaceInJson {

    /** The key of a map that would be taken for a typed value without it. */
    private static final String ESCAPE = "@map";

    private PlaceInJson() {}

    /**
     * The field that a pointer leads to or into, which may be missing: a pointer goes on into arrays and typed values, where
     * no fields are. Null when it is the whole document, or goes first through a name that no field can have.
     */
    static @Nullable FieldPath field(String pointer, MapValue data) {
        List<FieldPath.Segment> segments = new ArrayList<>();
        Iterator<String> tokens = tokens(pointer).iterator();
        Value value = data;
        while (value instanceof MapValue map && tokens.hasNext()) {
            String token = tokens.next();
            if (isEscaped(map) && token.equals(ESCAPE)) {
                if (!tokens.hasNext()) {
                    break;
                }
                token = tokens.next();
            }
            try {
                segments.add(new FieldPath.Key(token));
            } catch (IllegalArgumentException noField) {
                break;
            }
            value = map.get(token);
        }
        return segments.isEmpty() ? null : new FieldPath(segments);
    }

    private static boolean isEscaped(MapValue map) {
        return map.members().size() == 1
                && map.members().keySet().iterator().next().startsWith("@");
    }

    private static List<String> tokens(String pointer) {
        return pointer.isEmpty()
                ? List.of()
                : List.of(pointer.substring(1).split("/", -1)).stream()
                        .map(token -> token.replace("~1", "/").replace("~0", "~"))
                        .toList();
    }
}
