package io.tributary.name;

/**
 * A collection: an odd number of segments in a database, {@code cities} or {@code cities/SF/landmarks}.
 *
 * @param database the namespace
 * @param path the segments, joined by slashes
 */
public record CollectionName(String database, String path) {

    /**
     * @throws IllegalArgumentException when the database or a segment is not allowed, or the number of segments is even
     */
    public CollectionName {
        DatabaseName.check(database);
        String[] segments = path.split("/", -1);
        if (segments.length % 2 == 0) {
            throw new IllegalArgumentException(
                    "\"" + path + "\" has an even number of segments and so names a document, not a collection");
        }
        for (String segment : segments) {
            NameSegment.check(segment);
        }
        if (NameSegment.bytes(path) > DocumentName.MAX_BYTES) {
            throw new IllegalArgumentException("a name is longer than " + DocumentName.MAX_BYTES + " bytes of UTF-8");
        }
    }

    /** A collection of the {@linkplain DatabaseName#DEFAULT default} database. */
    public static CollectionName of(String path) {
        return new CollectionName(DatabaseName.DEFAULT, path);
    }

    /** The document of this collection with the given last segment. */
    public DocumentName document(String id) {
        return new DocumentName(database, path, id);
    }

    @Override
    public String toString() {
        return database.equals(DatabaseName.DEFAULT) ? path : database + "/" + path;
    }
}
