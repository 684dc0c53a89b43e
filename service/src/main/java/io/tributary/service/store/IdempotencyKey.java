package io.tributary.service.store;

import io.tributary.name.DocumentName;
import io.tributary.service.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The id of a write within its scope, as a hash of 16 bytes. */
public final class IdempotencyKey {

    private static final int BYTES = 16;

    private final int lane;
    private final byte[] hash;

    private IdempotencyKey(int lane, byte[] hash) {
        this.lane = lane;
        this.hash = hash;
    }

    /** An id that counts per document. */
    public static IdempotencyKey ofDocument(int lane, DocumentName document, String id) {
        return of(lane, document.database() + "/" + document.path(), id);
    }

    /** An id that counts per database. */
    public static IdempotencyKey ofDatabase(int lane, String database, String id) {
        return of(lane, database, id);
    }

    private static IdempotencyKey of(int lane, String scope, String id) {
        byte[] hash = Sha256.of((scope + '\0' + id).getBytes(StandardCharsets.UTF_8));
        return new IdempotencyKey(lane, Arrays.copyOf(hash, BYTES));
    }

    public int lane() {
        return lane;
    }

    public byte[] hash() {
        return hash.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IdempotencyKey that && lane == that.lane && Arrays.equals(hash, that.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return lane + ":" + HexFormat.of().formatHex(hash);
    }
}
