package io.tributary.name;

import java.util.OptionalLong;

/**
 * The full name of a document: a collection and an id in a database.
 *
 * <p>Names are ordered by database, then segment by segment; numeric ids {@code __id<n>__} come first, by number, and
 * everything else by code point.
 *
 * @param database the namespace, {@link DatabaseName#DEFAULT} unless another is named
 * @param collection the segments before the last, joined by slashes: {@code cities/SF/landmarks}
 * @param id the last segment
 */
public record DocumentName(String database, String collection, String id) implements Comparable<DocumentName> {

    /** The limit of a whole name without its database, in bytes of UTF-8. */
    public static final int MAX_BYTES = 2_000;

    /**
     * @throws IllegalArgumentException when the database or a segment is not allowed, when the collection has an even
     *     number of segments, or when the whole is longer than {@link #MAX_BYTES}
     */
    public DocumentName {
        new CollectionName(database, collection);
        NameSegment.check(id);
        if (NameSegment.bytes(collection) + 1 + NameSegment.bytes(id) > MAX_BYTES) {
            throw new IllegalArgumentException("a name is longer than " + MAX_BYTES + " bytes of UTF-8");
        }
    }

    /** A document of the {@linkplain DatabaseName#DEFAULT default} database. */
    public static DocumentName of(String path) {
        return of(DatabaseName.DEFAULT, path);
    }

    /**
     * @param path an even number of segments joined by slashes
     * @throws IllegalArgumentException when the path names a collection, or holds a segment that is not allowed
     */
    public static DocumentName of(String database, String path) {
        int slash = path.lastIndexOf('/');
        if (slash < 0 || path.chars().filter(c -> c == '/').count() % 2 == 0) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" has an odd number of segments and so names a collection, not a document");
        }
        return new DocumentName(database, path.substring(0, slash), path.substring(slash + 1));
    }

    /**
     * Reads a record key: {@code collection/id} in the default database, {@code database/collection/id} in any other. An
     * odd number of segments tells that the first is the database.
     */
    public static DocumentName ofKey(String key) {
        boolean odd = key.chars().filter(c -> c == '/').count() % 2 == 0;
        int slash = key.indexOf('/');
        return odd && slash > 0 ? of(key.substring(0, slash), key.substring(slash + 1)) : of(key);
    }

    /** {@code collection/id}, without the database. */
    public String path() {
        return collection + "/" + id;
    }

    /** The length of the {@link #path()} in bytes of UTF-8. */
    public int bytes() {
        return NameSegment.bytes(collection) + 1 + NameSegment.bytes(id);
    }

    /** The canonical record key, which also decides the lane: the {@link #path()}, behind the database unless default. */
    public String key() {
        return database.equals(DatabaseName.DEFAULT) ? path() : database + "/" + path();
    }

    /** The number n of a numeric id {@code __id<n>__}, empty for every other id. */
    public OptionalLong number() {
        return NameSegment.number(id);
    }

    /** The collection that holds this document. */
    public CollectionName parent() {
        return new CollectionName(database, collection);
    }

    @Override
    public int compareTo(DocumentName other) {
        int byDatabase = CodePoints.compare(database, other.database);
        if (byDatabase != 0) {
            return byDatabase;
        }
        if (collection.equals(other.collection)) {
            return NameSegment.compare(id, other.id);
        }
        String[] mine = path().split("/");
        String[] theirs = other.path().split("/");
        for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
            int bySegment = NameSegment.compare(mine[i], theirs[i]);
            if (bySegment != 0) {
                return bySegment;
            }
        }
        return Integer.compare(mine.length, theirs.length);
    }

    @Override
    public String toString() {
        return key();
    }
}
