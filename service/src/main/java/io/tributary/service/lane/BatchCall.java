package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.name.DocumentName;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An atomic batch that a caller waits for, or that is a record of the updates topic.
 *
 * @param length how many bytes the batch had as JSON
 * @param lanes the lane of each document that the batch writes to or has read
 * @param key what the batch is remembered by, null when it has no id
 * @param actor the authenticated caller, null when authentication is off
 * @param traceparent the W3C trace context of the request, null when it had none
 * @param caller who waits; of a record, nobody
 * @param original the record, in the partition of the lane whose order it keeps; null for a caller's batch
 */
public record BatchCall(
        Batch batch,
        int length,
        Map<DocumentName, Integer> lanes,
        @Nullable IdempotencyKey key,
        @Nullable String actor,
        @Nullable String traceparent,
        Caller caller,
        Entry.@Nullable Original original) {

    /**
     * A caller's batch.
     *
     * @param laneOf the lane of any document
     */
    public static BatchCall of(
            Batch batch,
            int length,
            ToIntFunction<DocumentName> laneOf,
            @Nullable String actor,
            @Nullable String traceparent,
            Caller caller) {
        return new BatchCall(batch, length, lanes(batch, laneOf), key(batch, laneOf), actor, traceparent, caller, null);
    }

    /**
     * A batch that is a record.
     *
     * @param laneOf the lane of any document
     */
    public static BatchCall of(
            Batch batch,
            int length,
            ToIntFunction<DocumentName> laneOf,
            @Nullable String actor,
            @Nullable String traceparent,
            Entry.Original original) {
        return new BatchCall(
                batch,
                length,
                lanes(batch, laneOf),
                key(batch, laneOf),
                actor,
                traceparent,
                new Caller(unheard -> {}, () -> {}),
                original);
    }

    private static Map<DocumentName, Integer> lanes(Batch batch, ToIntFunction<DocumentName> laneOf) {
        return Stream.concat(
                        batch.writes().stream().map(Write::document),
                        batch.reads().stream().map(Batch.Read::document))
                .distinct()
                .collect(toMap(document -> document, laneOf::applyAsInt));
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
        return Entry.Submission.bytes(length) + (original == null ? 0 : original.bytes());
    }

    /** The document whose lane's owner carries a batch out. */
    public static DocumentName home(Batch batch) {
        return batch.writes().isEmpty()
                ? batch.reads().getFirst().document()
                : batch.writes().getFirst().document();
    }

    /** The lane whose owner carries the batch out. */
    int home() {
        return original == null
                ? Objects.requireNonNull(lanes.get(home(batch)))
                : original.source().partition();
    }

    /** The lanes that have to stand still while the batch is decided. */
    Set<Integer> touched() {
        Set<Integer> touched = new HashSet<>(lanes.values());
        if (key != null) {
            touched.add(key.lane());
        }
        if (original != null) {
            touched.add(original.source().partition());
        }
        return touched;
    }
}
