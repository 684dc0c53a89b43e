package io.tributary.write;

import io.tributary.name.DocumentName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes to any documents of one database, applied all together or not at all. Writes of one document see one another, in
 * the order of the list. Immutable.
 *
 * @param database the database of all its documents
 * @param writes what to do; none has an id of its own
 * @param reads what the writes were decided on: nothing is applied unless all of it still holds
 * @param id makes the batch idempotent: 1 to 255 visible ASCII characters, null for a batch of its own
 */
public record Batch(
        String database,
        List<Write> writes,
        List<Read> reads,
        @Nullable String id) {

    /** @throws IllegalArgumentException when a write has an id, or a document is in another database */
    public Batch {
        writes = List.copyOf(writes);
        reads = List.copyOf(reads);
        if (writes.stream().anyMatch(write -> write.id() != null)) {
            throw new IllegalArgumentException("a write of a batch has no id of its own");
        }
        String all = database;
        if (!writes.stream().allMatch(write -> write.document().database().equals(all))
                || !reads.stream().allMatch(read -> read.document().database().equals(all))) {
            throw new IllegalArgumentException("the documents of a batch are all in its database");
        }
    }

    /**
     * A document as it was read.
     *
     * @param version its version then; 0 when it did not exist
     */
    public record Read(DocumentName document, long version) {}

    /** A batch without reads and id. */
    public static Batch of(String database, List<Write> writes) {
        return new Batch(database, writes, List.of(), null);
    }

    public Batch withReads(List<Read> reads) {
        return new Batch(database, writes, reads, id);
    }

    public Batch withId(@Nullable String id) {
        return new Batch(database, writes, reads, id);
    }
}
