package io.tributary.json;

import io.tributary.change.ProblemException;
import io.tributary.write.Batch;
import org.jspecify.annotations.Nullable;

/** Batches as JSON: {@code {"writes": [{"document": …, "increment": …}, …], "reads": [{"document", "version"}], "id"}}. */
public final class BatchJson {

    private BatchJson() {}

    /**
     * Reads a batch as strictly as {@link WriteJson} reads a write.
     *
     * @param database the database of all its documents
     * @throws ProblemException with a JSON Pointer to the fault, and the index of the write that it lies in
     */
    public static Batch read(String database, byte[] json, Limits limits) {
        return JsonText.read(json, limits, in -> BatchReader.read(in, database));
    }

    /**
     * Reads the value of a record: {@code {"writes": […], "reads", "id", "database"}}. Its {@code database} is that of all its
     * documents; without one it is that of the record's key, or the default one.
     *
     * @param key the record's key, {@code collection/id} or {@code database/collection/id}; null when it has none
     * @return null when the record has no {@code writes}: it is a single write then, or nothing at all
     */
    public static @Nullable Batch readRecord(byte[] value, @Nullable String key, Limits limits) {
        BatchRecord record = BatchRecord.of(value, limits);
        if (!record.isBatch()) {
            return null;
        }
        String database = record.database(key);
        return JsonText.read(value, limits, in -> BatchReader.read(in, database));
    }

    /** Writes what {@link #read} reads back as an equal batch. */
    public static byte[] write(Batch batch) {
        return JsonOutput.bytes(out -> new BatchWriter(out, Form.WIRE).write(batch));
    }

    /**
     * Tells a repetition of a batch from another batch: 16 bytes of a SHA-256 over everything but its id. The order of
     * members does not matter, that of writes and of reads does.
     */
    public static byte[] fingerprint(Batch batch) {
        return Fingerprint.of(out -> new BatchWriter(out, Form.CANONICAL).write(batch.withId(null)));
    }
}
