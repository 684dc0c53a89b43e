package io.tributary.client;

import io.tributary.write.Filter;
import org.jspecify.annotations.Nullable;

/**
 * How to watch.
 *
 * @param where which documents of a collection
 * @param snapshot whether to be told what is there before what changes
 * @param token behind which event to go on, {@link WatchEvent#token} of an earlier watch of the same; null to begin
 */
public record WatchOptions(
        Filter where, boolean snapshot, @Nullable String token) {

    /** All there is, and then all that changes. */
    public static final WatchOptions DEFAULT = new WatchOptions(Filter.ALWAYS, true, null);

    public WatchOptions withWhere(Filter filter) {
        return new WatchOptions(filter, snapshot, token);
    }

    /** Only what changes from now on. */
    public WatchOptions withoutSnapshot() {
        return new WatchOptions(where, false, token);
    }

    public WatchOptions withToken(@Nullable String behind) {
        return new WatchOptions(where, snapshot, behind);
    }
}
