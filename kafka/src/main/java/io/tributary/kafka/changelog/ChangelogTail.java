package io.tributary.kafka.changelog;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Finds out how far a lane's changelog is, so that its new owner publishes what comes after and no more.
 *
 * <p>The last record does not tell: it may be a former owner's repetition of an older one, a transaction's marker, or
 * somebody else's. So this takes the largest number among the last records, and looks farther back while there is none.
 *
 * <p>One thread of its own looks, one lane after the other.
 */
public final class ChangelogTail implements AutoCloseable {

    private static final long FIRST_WINDOW = 64;
    private static final long WIDER = 8;
    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Duration patience;
    private final ExecutorService thread;

    /**
     * Does not wait for the brokers.
     *
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     * @param topic the changelog
     * @param patience how long one look may last
     */
    public ChangelogTail(Map<String, Object> client, String topic, Duration patience) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        this.consumer = new KafkaConsumer<>(properties(client, patience), bytes, bytes);
        this.topic = topic;
        this.patience = patience;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "tributary-changelog-tail");
            made.setDaemon(true);
            return made;
        });
    }

    /**
     * The largest sequence among the last records of a lane that have one; empty when the whole partition has none.
     *
     * @return completes on this object's thread; exceptionally, with a {@link org.apache.kafka.common.KafkaException},
     *     when the brokers do not answer in time or refuse
     */
    public CompletionStage<OptionalLong> lastSequence(int lane) {
        return end(lane).thenApply(end -> end.sequence() > 0 ? OptionalLong.of(end.sequence()) : OptionalLong.empty());
    }

    /**
     * Where reading goes on behind the last records of a lane: behind the first one with the largest sequence; at the
     * partition's end, with sequence 0, when the whole partition has none.
     *
     * @return completes as {@link #lastSequence}
     */
    public CompletionStage<LanePosition> end(int lane) {
        return CompletableFuture.supplyAsync(() -> find(lane), thread);
    }

    private LanePosition find(int lane) {
        TopicPartition partition = new TopicPartition(topic, lane);
        consumer.assign(List.of(partition));
        long deadline = System.nanoTime() + patience.toNanos();
        long begin = offset(consumer.beginningOffsets(List.of(partition)), partition);
        long end = offset(consumer.endOffsets(List.of(partition)), partition);
        LanePosition found = new LanePosition(end, 0);
        long from = end;
        for (long window = FIRST_WINDOW; found.sequence() == 0 && from > begin; window *= WIDER) {
            long to = from;
            from = Math.max(begin, end - window);
            found = largest(partition, from, to, found, deadline);
        }
        return found;
    }

    private LanePosition largest(TopicPartition partition, long from, long to, LanePosition none, long deadline) {
        LanePosition largest = none;
        consumer.seek(partition, from);
        // The position, not the records: what is before the end may be markers, which are not given out.
        while (consumer.position(partition) < to) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("The end of " + partition + " was not reached in " + patience);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                OptionalLong sequence = ChangelogHeaders.sequence(record);
                if (sequence.isPresent() && sequence.getAsLong() > largest.sequence()) {
                    largest = new LanePosition(record.offset() + 1, sequence.getAsLong());
                }
            }
        }
        return largest;
    }

    /** Gives up what is under way, and waits for it a moment. */
    @Override
    public void close() {
        consumer.wakeup();
        thread.execute(() -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(1))));
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        return Objects.requireNonNull(offsets.get(partition));
    }

    private static Map<String, Object> properties(Map<String, Object> client, Duration patience) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        // The next lane's records are not asked for until the broker has answered that there are no more of this one's.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 0);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(patience.toMillis()));
        return properties;
    }
}
