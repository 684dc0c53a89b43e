package io.tributary.trigger;

import io.tributary.change.Change;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.write.Filter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What is to happen when documents of a collection change.
 *
 * @param collection whose documents are watched
 * @param on the kinds of changes that fire it, at least one
 * @param where what has to hold for the document after the change; a deleted one is missing
 * @param changed when not empty, an update fires it only if it changes one of these fields, or something in or around one
 * @param action what happens
 */
public record Trigger(
        CollectionName collection, Set<Change.Kind> on, Filter where, List<FieldPath> changed, TriggerAction action) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** @throws IllegalArgumentException when no kind of change fires it */
    public Trigger {
        if (on.isEmpty()) {
            throw new IllegalArgumentException("a trigger is fired by one kind of change at least");
        }
        on = Set.copyOf(on);
        changed = List.copyOf(changed);
    }

    /** Whether a trigger can have this name: {@code [A-Za-z0-9][A-Za-z0-9._-]{0,62}}. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }
}
