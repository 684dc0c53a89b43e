package io.tributary.kafka.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the partitions of one topic and offers each one's records to a listener, in order.
 *
 * <p>Where a partition begins is said by {@link #resumeFrom}, never by the consumer group's offset: the offset belongs
 * to the transaction that applied the record. Only committed records are read. What the listener does not accept is
 * kept, at most one poll's records of each partition, while that partition is paused; nothing is dropped or reordered.
 *
 * <p><b>Memory.</b> What is fetched is held as it is compressed, {@code fetch.max.bytes} of each broker, and unpacked
 * record by record as it is given out, {@code max.poll.records} at a time. Kafka's clients have no bound for the size
 * of a record that is unpacked: whoever may write to the topic can make this instance allocate one of up to 2 GiB.
 *
 * <p>While the brokers are away it keeps trying, and says so once in the log and once when they are back.
 *
 * <p>One thread of its own touches the consumer and calls the listener. All methods may be called from any thread, also
 * out of the listener; except {@link #close} they return at once.
 */
public final class PartitionIntake implements AutoCloseable {

    /** Above {@link IntakeSettings#LONGEST_REVOCATION} and the time that a consumer takes to leave its group. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(15);

    private final PollLoop loop;
    private final Thread thread;

    private PartitionIntake(IntakeSettings settings, Function<PartitionIntake, IntakeListener> listener) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(ConsumerProperties.of(settings), bytes, bytes);
        loop = new PollLoop(consumer, settings, listener.apply(this));
        thread = new Thread(loop, "tributary-intake-" + settings.topic());
        thread.setDaemon(true);
    }

    /**
     * Starts reading. Does not wait for the brokers.
     *
     * @param listener makes the listener for the intake that it is going to answer; must not call it yet
     * @throws org.apache.kafka.common.KafkaException when the client properties are wrong
     */
    public static PartitionIntake start(IntakeSettings settings, Function<PartitionIntake, IntakeListener> listener) {
        PartitionIntake intake = new PartitionIntake(settings, listener);
        intake.thread.start();
        return intake;
    }

    /** Starts reading for a listener that does not need to know the intake when it is made. */
    public static PartitionIntake start(IntakeSettings settings, IntakeListener listener) {
        return start(settings, intake -> listener);
    }

    /** Like {@link #resumeFrom(int, OffsetAndMetadata)}, without noticing when the brokers lost what was before. */
    public void resumeFrom(int partition, long offset) {
        resumeFrom(partition, new OffsetAndMetadata(offset));
    }

    /**
     * Like {@link #resumeFrom(int, long)}, and tells when it is so.
     *
     * @param resumed run on the poll thread, after everything that was read from elsewhere was offered and before anything
     *     from here is; not at all when the partition has left meanwhile
     */
    public void resumeFrom(int partition, long offset, Runnable resumed) {
        loop.command(partition, flow -> {
            flow.resumeFrom(new OffsetAndMetadata(offset));
            resumed.run();
        });
    }

    /**
     * Reads a partition from a position on. What was read of it before and not accepted is forgotten. Without effect
     * when the partition has left meanwhile.
     *
     * @param position the offset of the next record, and the leader epoch of the record before it where it is known:
     *     with it {@link IntakeListener#truncated} is called when the brokers have lost what was before
     */
    public void resumeFrom(int partition, OffsetAndMetadata position) {
        loop.command(partition, flow -> flow.resumeFrom(position));
    }

    /** Reads no more of a partition until {@link #resumeFrom}, and forgets what was not accepted. */
    public void suspend(int partition) {
        loop.command(partition, PartitionFlow::suspend);
    }

    /** Offers again what was not accepted of a partition. Cheap when there is nothing. */
    public void wake(int partition) {
        loop.wake(partition);
    }

    /** Offers no more records of any partition until {@link #resumeAll}. */
    public void pauseAll() {
        loop.halt(true);
    }

    /** Ends {@link #pauseAll}. */
    public void resumeAll() {
        loop.halt(false);
    }

    /**
     * Shows in the consumer group how far a partition is. Sent some seconds later, or before the partition leaves; the
     * intake itself never reads it.
     *
     * @param position the offset of the next record, with metadata of the caller's choice
     */
    public void show(int partition, OffsetAndMetadata position) {
        loop.show(partition, position);
    }

    /**
     * What was last {@linkplain #show shown} for an assigned partition, by whichever instance. Empty when nothing was.
     * Completes on the poll thread; never, when the partition leaves before.
     */
    public CompletionStage<Optional<OffsetAndMetadata>> shown(int partition) {
        return loop.shown(partition);
    }

    /**
     * Where an assigned partition ends: the offset of the next committed record that somebody writes. Completes as
     * {@link #shown}.
     */
    public CompletionStage<Long> end(int partition) {
        return loop.end(partition);
    }

    /**
     * The offset of the first record of a partition that was produced at this time or later; its end when there is none. A
     * record that comes meanwhile is not before it. Completes as {@link #end}.
     */
    public CompletionStage<Long> firstAt(int partition, Instant time) {
        return loop.firstAt(partition, time);
    }

    /** The partitions that are here now. */
    public Set<Integer> assigned() {
        return loop.assigned();
    }

    /** Those of them that nothing is read from now, for whatever reason. */
    public Set<Integer> paused() {
        return loop.paused();
    }

    /** Whether the brokers answer, as far as this can be seen: while all is paused they are believed to. */
    public boolean connected() {
        return loop.connected();
    }

    /** Begins to close, and returns at once. */
    public void stop() {
        loop.close();
    }

    /**
     * Gives the partitions back, as by {@link IntakeListener#revoked}, and ends. Waits for it, at most 15 s, unless
     * called by the listener.
     */
    @Override
    public void close() {
        stop();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(LONGEST_CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
