package io.tributary.service.store;

import java.time.Instant;

/**
 * Something that a user has defined beside documents.
 *
 * @param version 1 for the first, one more for each that follows; a definition that comes after a deletion continues it
 * @param body as it came
 * @param createdAt when it was saved first, since it was deleted last
 * @param updatedAt when this version was saved
 */
public record Definition(Key key, long version, String body, Instant createdAt, Instant updatedAt) {

    /** What definitions are about. */
    public enum Kind {
        SCHEMA,
        TRIGGER
    }

    /** @param name tells it from others of its kind in its database */
    public record Key(Kind kind, String database, String name) {}
}
