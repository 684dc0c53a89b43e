package io.tributary.service.intake;

import io.tributary.change.ProblemException;
import io.tributary.json.Limits;
import io.tributary.kafka.intake.IntakeListener;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.PartitionIntake;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Admission;
import io.tributary.service.lane.Entry;
import io.tributary.service.lane.LaneListener;
import io.tributary.service.lane.Lanes;
import io.tributary.service.store.LaneState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Queues the records of the updates topic in their lanes. Partitions and lanes are one: what partition is assigned here,
 * that lane is taken over, and its reading begins at the offset that the lane's last turn left.
 *
 * <p>Listens to the Kafka client on its poll thread and to lanes on their committers' threads.
 */
public final class RecordIntake implements IntakeListener, LaneListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RecordIntake.class);
    private static final long PAUSE_MILLIS = 100;

    private final ToIntFunction<DocumentName> laneOf;
    private final Limits limits;
    private final HandOver handOver;
    private final CompletableFuture<Lanes> lanes = new CompletableFuture<>();
    private final CompletableFuture<PartitionIntake> intake = new CompletableFuture<>();
    private final Map<Position, CompletableFuture<Void>> handedOver = new ConcurrentHashMap<>();
    private final AtomicLong moved = new AtomicLong();

    private record Position(int partition, long offset) {

        static Position of(ConsumerRecord<?, ?> record) {
            return new Position(record.partition(), record.offset());
        }
    }

    /** @param producer how misplaced records are handed on */
    public RecordIntake(ToIntFunction<DocumentName> laneOf, Limits limits, ProducerSettings producer) {
        this.laneOf = laneOf;
        this.limits = limits;
        this.handOver = new HandOver(producer);
    }

    /** Begins to read. */
    public void start(Lanes lanes, IntakeSettings settings) {
        this.lanes.complete(lanes);
        intake.complete(PartitionIntake.start(settings, this));
    }

    /** Takes no more records. */
    public void pause() {
        intake.thenAccept(PartitionIntake::pauseAll);
    }

    /** How many records were handed on to another partition, which is their document's lane. */
    public long moved() {
        return moved.get();
    }

    // ---- what the lanes tell ----

    @Override
    public void opened(LaneState state) {
        intake.thenAccept(reading -> reading.resumeFrom(state.lane(), state.nextOffset()));
    }

    @Override
    public void taken(int lane) {
        intake.thenAccept(reading -> reading.wake(lane));
    }

    @Override
    public void closed(int lane) {
        intake.thenAccept(reading -> reading.suspend(lane));
    }

    // ---- what Kafka tells ----

    @Override
    public void assigned(Set<Integer> partitions) {
        lanes.thenAccept(all -> all.assign(partitions));
    }

    @Override
    public CompletionStage<Void> revoked(Set<Integer> partitions) {
        partitions.forEach(this::forget);
        return lanes.thenCompose(all -> all.release(partitions).toFuture());
    }

    @Override
    public void lost(Set<Integer> partitions) {
        partitions.forEach(this::forget);
        lanes.thenAccept(all -> all.release(partitions).subscribe(nothing -> {}, fault -> log.error("", fault)));
    }

    @Override
    public int records(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        Lanes all = lanes.getNow(null);
        int accepted = 0;
        while (all != null && accepted < records.size()) {
            ConsumerRecord<byte[], byte[]> record = records.get(accepted);
            Entry entry = entry(record);
            if (entry == null) {
                // Those behind it may be misplaced too: their way is no longer when they go together.
                records.subList(accepted + 1, records.size()).forEach(this::entry);
                return accepted;
            }
            if (all.offer(partition, entry) != Admission.QUEUED) {
                return accepted;
            }
            handedOver.remove(Position.of(record));
            accepted++;
        }
        return accepted;
    }

    /** The entry that a record becomes; null while it is being handed on to another partition. */
    private @Nullable Entry entry(ConsumerRecord<byte[], byte[]> record) {
        UpdateRecord update = new UpdateRecord(record);
        try {
            Entry.Submission submission = update.submission(limits);
            int lane = laneOf.applyAsInt(submission.write().document());
            if (lane == record.partition()) {
                return update.input(submission);
            }
            return handOver(record, update.copyFor(lane, submission.write())) ? update.passed() : null;
        } catch (ProblemException refused) {
            return update.rejected(refused.problem());
        }
    }

    private boolean handOver(ConsumerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> copy) {
        Position position = Position.of(record);
        CompletableFuture<Void> known = handedOver.get(position);
        if (known != null) {
            return known.isDone();
        }
        CompletableFuture<Void> sent = handOver.send(copy);
        handedOver.put(position, sent);
        sent.whenComplete((nothing, failure) -> {
            if (failure == null) {
                moved.incrementAndGet();
                taken(record.partition());
            } else {
                handedOver.remove(position, sent);
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> taken(record.partition()));
            }
        });
        return false;
    }

    private void forget(int partition) {
        handedOver.keySet().removeIf(position -> position.partition() == partition);
    }

    @Override
    public void missed(int partition, long wanted, long found) {
        log.error(
                "partition {}: the records {} to {} of the updates topic were deleted by its retention before they were"
                        + " read; they are lost",
                partition,
                wanted,
                found - 1);
    }

    @Override
    public void truncated(int partition, long wanted, long end) {
        log.error(
                "partition {}: the updates topic ends at {}, before {}, which was to be read next: the brokers have lost"
                        + " records, or the topic was made anew. Reading goes on at its end",
                partition,
                end,
                wanted);
        intake.thenAccept(reading -> reading.resumeFrom(partition, end));
    }

    @Override
    public void failed(Throwable cause) {
        log.error("reading the updates topic has ended for a fault of the program; restart the service", cause);
    }

    /** Reads no more and gives the partitions back. Waits for that, some seconds at most. */
    @Override
    public void close() {
        intake.thenAccept(PartitionIntake::close);
        handOver.close();
    }
}
