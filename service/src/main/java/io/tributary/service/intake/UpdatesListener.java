package io.tributary.service.intake;

import io.tributary.change.ProblemException;
import io.tributary.json.Limits;
import io.tributary.kafka.intake.IntakeListener;
import io.tributary.kafka.intake.PartitionIntake;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Admission;
import io.tributary.service.lane.Entry;
import io.tributary.service.lane.Lanes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import reactor.core.publisher.Mono;

/** Queues the records of the updates topic in their lanes. Lives on the poll thread. */
final class UpdatesListener implements IntakeListener {

    private static final Logger log = LoggerFactory.getLogger(UpdatesListener.class);
    private static final long PAUSE_MILLIS = 100;

    private final PartitionIntake reading;
    private final Lanes lanes;
    private final ToIntFunction<DocumentName> laneOf;
    private final Limits limits;
    private final int largestCopy;
    private final ReplyTopics replyTopics;
    private final HandOver handOver;
    private final AtomicLong moved;

    /** What the records of each partition are offered with. Of the poll thread alone. */
    private final Map<Integer, Long> epochs = new HashMap<>();

    private volatile boolean over;

    /** The records that are being handed on, and whether the broker has their copies. */
    private final Map<Position, Boolean> handedOver = new ConcurrentHashMap<>();

    private record Position(int partition, long offset) {

        static Position of(ConsumerRecord<?, ?> record) {
            return new Position(record.partition(), record.offset());
        }
    }

    /**
     * @param largestCopy the most bytes of a record that a rejection repeats
     * @param moved counts the records that were handed on
     */
    UpdatesListener(
            PartitionIntake reading,
            Lanes lanes,
            ToIntFunction<DocumentName> laneOf,
            Limits limits,
            int largestCopy,
            ReplyTopics replyTopics,
            HandOver handOver,
            AtomicLong moved) {
        this.reading = reading;
        this.lanes = lanes;
        this.laneOf = laneOf;
        this.limits = limits;
        this.largestCopy = largestCopy;
        this.replyTopics = replyTopics;
        this.handOver = handOver;
        this.moved = moved;
    }

    PartitionIntake reading() {
        return reading;
    }

    /**
     * Reads a partition on, for a lane that was opened; from any thread.
     *
     * @param epoch what its records are offered with
     */
    void resume(int partition, long epoch, long nextOffset) {
        reading.resumeFrom(partition, nextOffset, () -> epochs.put(partition, epoch));
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        lanes.assign(partitions);
    }

    @Override
    public CompletionStage<?> revoked(Set<Integer> partitions) {
        return released(partitions).toFuture();
    }

    @Override
    public void lost(Set<Integer> partitions) {
        released(partitions).subscribe(nothing -> {}, failure -> log.error("lanes were not released", failure));
    }

    private Mono<Void> released(Set<Integer> partitions) {
        epochs.keySet().removeAll(partitions);
        handedOver.keySet().removeIf(position -> partitions.contains(position.partition()));
        return lanes.release(partitions);
    }

    @Override
    public int records(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        long epoch = Objects.requireNonNull(epochs.get(partition), "nothing is read before it was resumed");
        int accepted = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Entry entry = entry(record);
            if (entry == null) {
                // Those behind it may be misplaced too: together their way is no longer than one's.
                records.subList(accepted + 1, records.size()).forEach(this::entry);
                return accepted;
            }
            if (lanes.offer(partition, epoch, entry) != Admission.QUEUED) {
                return accepted;
            }
            handedOver.remove(Position.of(record));
            accepted++;
        }
        return accepted;
    }

    /** The entry that a record becomes; null while it is being handed on to another partition. */
    private @Nullable Entry entry(ConsumerRecord<byte[], byte[]> record) {
        UpdateRecord update = new UpdateRecord(record, largestCopy, replyTopics);
        if (update.isWakeUp()) {
            return update.passed();
        }
        try {
            UpdateRecord.Content content = update.content(limits, laneOf);
            int lane = laneOf.applyAsInt(content.home());
            if (lane == record.partition()) {
                return content.entry();
            }
            return isHandedOver(record, update.copyFor(lane, content)) ? update.passed() : null;
        } catch (ProblemException refused) {
            return update.rejected(refused.problem());
        }
    }

    private boolean isHandedOver(ConsumerRecord<byte[], byte[]> record, ProducerRecord<byte[], byte[]> copy) {
        Position position = Position.of(record);
        Boolean arrived = handedOver.get(position);
        if (arrived == null) {
            handedOver.put(position, false);
            handOver.send(copy, receiptFor(position));
        }
        return arrived != null && arrived;
    }

    private HandOver.Receipt receiptFor(Position position) {
        return new HandOver.Receipt() {
            @Override
            public void arrived() {
                handedOver.replace(position, true);
                moved.incrementAndGet();
                reading.wake(position.partition());
            }

            @Override
            public void failed() {
                handedOver.remove(position);
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(() -> reading.wake(position.partition()));
            }
        };
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
        reading.resumeFrom(partition, end);
    }

    @Override
    public void replaced() {
        over = true;
        log.error(
                "another instance has joined under this one's name (tributary.instance) and has its lanes; this one takes no"
                        + " more writes. Stop the one that is left over, or give each a name of its own");
    }

    /** Whether it has not ended by itself. */
    boolean isReading() {
        return !over;
    }

    @Override
    public void failed(Throwable cause) {
        over = true;
        log.error("reading the updates topic has ended for a fault of the program; restart the service", cause);
    }
}
