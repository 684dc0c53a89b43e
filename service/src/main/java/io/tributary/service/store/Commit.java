package io.tributary.service.store;

import io.tributary.json.ValueJson;
import io.tributary.service.document.DocumentState;
import io.tributary.value.MapValue;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
     * @param data its fields as {@link ValueJson#writeStored} has them, null for a deletion
     */
    public record Row(int lane, long previous, boolean ofTombstone, DocumentState state, byte @Nullable [] data) {

        /** The row that stores a state. */
        public static Row of(int lane, long previous, boolean ofTombstone, DocumentState state) {
            MapValue fields = state.data();
            return new Row(lane, previous, ofTombstone, state, fields == null ? null : ValueJson.writeStored(fields));
        }
    }

    /**
     * @param outcome what {@link io.tributary.json} makes of the outcome
     */
    public record Remembered(int lane, IdempotencyKey key, byte[] fingerprint, byte[] outcome, Instant at) {}
}
