package io.tributary.service.schema;

import io.tributary.name.CollectionName;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which collections a schema is for: one, {@code cities/SF/landmarks}, or with a {@code *} for each parent document all that
 * are called alike, {@code cities/*}{@code /landmarks}.
 */
final class SchemaName {

    private static final String ANY = "*";

    private SchemaName() {}

    /**
     * Returns {@code name} unchanged.
     *
     * @throws IllegalArgumentException when some parents are {@code *} and others are not
     */
    static CollectionName check(CollectionName name) {
        String path = name.path();
        boolean mixed = parents(path).anyMatch(ANY::equals) && !path.equals(ofAllLike(path));
        if (mixed) {
            throw new IllegalArgumentException("a schema is for one collection, or has * for each parent document");
        }
        return name;
    }

    /** Whether a schema of this name is for all collections that are called alike. */
    static boolean isOfMany(CollectionName name) {
        return parents(name.path()).anyMatch(ANY::equals);
    }

    /** The name of the schema for all collections that are called as {@code collection} is, whatever its parents are. */
    static String ofAllLike(String collection) {
        String[] segments = collection.split("/", -1);
        for (int parent = 1; parent < segments.length; parent += 2) {
            segments[parent] = ANY;
        }
        return String.join("/", segments);
    }

    private static Stream<String> parents(String path) {
        String[] segments = path.split("/", -1);
        return IntStream.range(0, segments.length)
                .filter(index -> index % 2 == 1)
                .mapToObj(index -> segments[index]);
    }
}
