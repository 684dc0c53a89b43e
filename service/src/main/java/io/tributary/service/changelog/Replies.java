package io.tributary.service.changelog;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends replies to the topics that records named. Apart from the changelog, with a producer and a thread of its own: a topic
 * that does not exist must delay nobody. What cannot be sent soon is dropped and counted; its outcome is kept under the
 * write's id. {@link #send} is for any thread and never blocks.
 */
public final class Replies implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Replies.class);
    private static final int WAITING = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration UNREACHABLE = Duration.ofSeconds(30);
    private static final int MOST_UNREACHABLE = 1_000;

    private final Producer<byte[], byte[]> producer;
    private final ThreadPoolExecutor thread;
    private final AtomicLong dropped = new AtomicLong();

    /** The topics that could not be reached lately, and until when they are not tried again, in nanoseconds. */
    private final Map<String, Long> unreachable = new ConcurrentHashMap<>();

    /**
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     * @param maxRecordBytes the size of the largest reply
     */
    public Replies(Map<String, Object> client, int maxRecordBytes) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, (int) PATIENCE.toMillis());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        ByteArraySerializer bytes = new ByteArraySerializer();
        this.producer = new KafkaProducer<>(properties, bytes, bytes);
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                task -> Thread.ofPlatform().name("tributary-replies").daemon().unstarted(task),
                (task, executor) -> dropped.incrementAndGet());
    }

    void send(Publication.Reply reply) {
        thread.execute(() -> sendNow(reply));
    }

    private void sendNow(Publication.Reply reply) {
        Long until = unreachable.get(reply.to().topic());
        if (until != null && until - System.nanoTime() > 0) {
            dropped.incrementAndGet();
            return;
        }
        try {
            var _ = producer.send(PublishedRecords.of(reply), (sent, failure) -> {
                if (failure != null) {
                    drop(reply, failure);
                }
            });
        } catch (KafkaException failure) {
            drop(reply, failure);
        }
    }

    private void drop(Publication.Reply reply, Exception failure) {
        dropped.incrementAndGet();
        if (unreachable.size() >= MOST_UNREACHABLE) {
            unreachable.clear();
        }
        if (unreachable.put(reply.to().topic(), System.nanoTime() + UNREACHABLE.toNanos()) == null) {
            log.warn("replies to {} are dropped: {}", reply.to().topic(), failure.getMessage());
        }
    }

    /** How many replies were dropped. */
    public long dropped() {
        return dropped.get();
    }

    /** Sends no more. */
    @Override
    public void close() {
        thread.shutdownNow();
        producer.close(PATIENCE);
    }
}
