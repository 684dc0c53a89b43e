package io.tributary.service.lane;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * The names of documents that are created with an idempotency key and without an id of their own. Thread-safe.
 *
 * <p>Such a key counts for its whole database, but what became of a write is remembered in the lane of its document, and
 * seen there alone. So all documents that a key can name are of one lane, whatever their collection: their ids are UUIDs
 * of version 8 that begin with a hash of database and key, and end with a number that is chosen for the lane.
 */
public final class KeyedNames {

    private static final int NUMBER_BITS = 16;
    private static final String ANY_COLLECTION = "keyed";

    private final ToIntFunction<DocumentName> laneOf;

    public KeyedNames(ToIntFunction<DocumentName> laneOf) {
        this.laneOf = laneOf;
    }

    /**
     * The document of a collection that a key names, always the same one. It takes about as many attempts as there are
     * lanes, none of which waits.
     *
     * @throws IllegalArgumentException when the name gets too long
     */
    public DocumentName name(CollectionName collection, String key) {
        String database = collection.database();
        UUID first = firstId(database, key);
        int lane = lane(database, first);
        for (int number = 0; number < 1 << NUMBER_BITS; number++) {
            UUID id = new UUID(first.getMostSignificantBits(), first.getLeastSignificantBits() | number);
            DocumentName name = collection.document(id.toString());
            if (laneOf.applyAsInt(name) == lane) {
                return name;
            }
        }
        throw new IllegalStateException("no name in " + collection + " is of lane " + lane);
    }

    /** The lane of all documents that a key can name, and of all else that it is remembered for in its database. */
    public int lane(String database, String key) {
        return lane(database, firstId(database, key));
    }

    private int lane(String database, UUID first) {
        return laneOf.applyAsInt(new CollectionName(database, ANY_COLLECTION).document(first.toString()));
    }

    /** Whether a document is one that a key names. */
    static boolean isNamedBy(String key, DocumentName name) {
        String first = firstId(name.database(), key).toString();
        int fixed = first.length() - NUMBER_BITS / 4;
        return name.id().length() == first.length() && name.id().startsWith(first.substring(0, fixed));
    }

    /** The id that ends with the number 0. */
    private static UUID firstId(String database, String key) {
        ByteBuffer hash = ByteBuffer.wrap(Sha256.of((database + "/" + key).getBytes(StandardCharsets.UTF_8)));
        long version8 = (hash.getLong() & ~0xF000L) | 0x8000L;
        long variant = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(version8, variant >>> NUMBER_BITS << NUMBER_BITS);
    }
}
