package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.name.DocumentName;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An atomic batch that a caller waits for.
 *
 * @param length how many bytes the batch had as JSON
 * @param lanes the lane of each document that the batch writes to or has read
 * @param key what the batch is remembered by, null when it has no id
 * @param actor the authenticated caller, null when authentication is off
 * @param traceparent the W3C trace context of the request, null when it had none
 * @param caller who waits
 */
public record BatchCall(
        Batch batch,
        int length,
        Map<DocumentName, Integer> lanes,
        @Nullable IdempotencyKey key,
        @Nullable String actor,
        @Nullable String traceparent,
        Caller caller) {

    /** @param laneOf the lane of any document */
    public static BatchCall of(
            Batch batch,
            int length,
            ToIntFunction<DocumentName> laneOf,
            @Nullable String actor,
            @Nullable String traceparent,
            Caller caller) {
        Map<DocumentName, Integer> lanes = Stream.concat(
                        batch.writes().stream().map(Write::document),
                        batch.reads().stream().map(Batch.Read::document))
                .distinct()
                .collect(toMap(document -> document, laneOf::applyAsInt));
        return new BatchCall(batch, length, lanes, key(batch, laneOf), actor, traceparent, caller);
    }

    /** An id counts per database, as that of a creation does which gives its document no id. */
    private static @Nullable IdempotencyKey key(Batch batch, ToIntFunction<DocumentName> laneOf) {
        String id = batch.id();
        if (id == null) {
            return null;
        }
        int lane = new KeyedNames(laneOf).lane(batch.database(), id);
        return IdempotencyKey.ofDatabase(lane, batch.database(), id);
    }

    /** What it takes in memory while it waits, roughly. */
    long bytes() {
        return Entry.Submission.bytes(length);
    }

    /** The lanes that have to stand still while the batch is decided. */
    Set<Integer> touched() {
        Set<Integer> touched = new HashSet<>(lanes.values());
        if (key != null) {
            touched.add(key.lane());
        }
        return touched;
    }
}
