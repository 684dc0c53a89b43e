package io.tributary.service.document;

import io.tributary.change.Outcome;
import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What distinguishes two versions of a document's data, field by field. Enters maps that are on both sides; everything
 * else is compared whole. Parts that both share are not looked at.
 */
final class Difference {

    /** When the paths of inner fields would be longer than this together, only outermost fields are named. */
    static final int MAX_PATH_CHARS = 1 << 18;

    private final boolean entersMaps;
    private final Map<String, Value> changes = new LinkedHashMap<>();
    private final List<String> removed = new ArrayList<>();
    private int pathChars;

    private Difference(boolean entersMaps) {
        this.entersMaps = entersMaps;
    }

    /** The new values of fields that had another or none before, and the fields that are gone. */
    static Outcome.Effect between(MapValue before, MapValue after) {
        var fine = new Difference(true);
        fine.compare("", before, after);
        return fine.tooLong() ? outermost(before, after) : fine.effect();
    }

    private static Outcome.Effect outermost(MapValue before, MapValue after) {
        var coarse = new Difference(false);
        coarse.compare("", before, after);
        return coarse.effect();
    }

    private Outcome.Effect effect() {
        return changes.isEmpty() && removed.isEmpty()
                ? Outcome.Effect.NONE
                : new Outcome.Effect(
                        Collections.unmodifiableMap(changes), Collections.unmodifiableList(removed), List.of());
    }

    private boolean tooLong() {
        return entersMaps && pathChars > MAX_PATH_CHARS;
    }

    private void compare(String parent, MapValue before, MapValue after) {
        for (Map.Entry<String, Value> member : after.members().entrySet()) {
            compare(parent, member.getKey(), before.get(member.getKey()), member.getValue());
            if (tooLong()) {
                return;
            }
        }
        for (String name : before.members().keySet()) {
            if (after.get(name) == null && !tooLong()) {
                removed.add(path(parent, name));
            }
        }
    }

    private void compare(String parent, String name, @Nullable Value before, Value after) {
        if (before == after) {
            return;
        }
        if (entersMaps && before instanceof MapValue was && after instanceof MapValue is) {
            compare(path(parent, name), was, is);
        } else if (!after.equals(before)) {
            changes.put(path(parent, name), after);
        }
    }

    private String path(String parent, String name) {
        String segment = FieldPath.ofKeys(name).toString();
        String path = parent.isEmpty() ? segment : parent + "." + segment;
        pathChars += path.length();
        return path;
    }
}
