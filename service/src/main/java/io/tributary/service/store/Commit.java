package io.tributary.service.store;

import io.tributary.service.document.DocumentState;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What one statement writes: all of it for the lanes that it can take, nothing for the others.
 *
 * @param id found again in {@code turns} when the answer is lost
 * @param turns at most one for each lane
 * @param documents the last states of the documents that changed
 * @param outcomes the outcomes to remember
 */
public record Commit(UUID id, List<Turn> turns, List<Row> documents, List<Remembered> outcomes) {

    /**
     * @param previous the version that the batch was computed on; the commit fails whole when the store has another
     * @param ofTombstone whether that version is a deletion: then it may be gone from the store meanwhile
     * @param state the state to store
     */
    public record Row(int lane, long previous, boolean ofTombstone, DocumentState state) {}

    /**
     * @param outcome what {@link io.tributary.json} makes of the outcome
     */
    public record Remembered(int lane, IdempotencyKey key, byte[] fingerprint, byte[] outcome, Instant at) {}
}
