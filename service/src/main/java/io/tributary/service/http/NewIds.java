package io.tributary.service.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
import java.util.function.Supplier;

/** The ids of documents whose creator leaves the choice to the service. */
final class NewIds {

    private final Supplier<UUID> timeOrdered;

    /**
     * @param timeOrdered gives unique UUIDs of version 7 (RFC 9562), later ones greater
     */
    NewIds(Supplier<UUID> timeOrdered) {
        this.timeOrdered = timeOrdered;
    }

    /** An id that is greater than those before. */
    String next() {
        return timeOrdered.get().toString();
    }

    /**
     * The id that an idempotency key stands for, always the same in a database: a UUID of version 8 made from a hash. It
     * leaves the collection out, since the key of a {@code POST} counts for the whole database.
     */
    static String of(String database, String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            ByteBuffer hash = ByteBuffer.wrap(sha.digest((database + "/" + key).getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xF000L) | 0x8000L;
            long low = (hash.getLong() & ~(0b11L << 62)) | (0b10L << 62);
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
