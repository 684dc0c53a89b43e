package io.tributary.kafka.reply;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the replies that arrive in one partition from now on. Others' replies may lie in the same partition: whoever listens
 * tells his own by their {@link ReplyHeaders#CORRELATION_ID}.
 *
 * <p>Thread-safe; a thread of its own reads.
 */
public final class ReplyInbox implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ReplyInbox.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;
    private final Listener listener;
    private final Thread thread;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean open;

    /** Hears of replies, on the inbox's thread; must not block. */
    @FunctionalInterface
    public interface Listener {

        /** A reply to anybody. */
        void arrived(ConsumerRecord<byte[], byte[]> reply);
    }

    private ReplyInbox(Map<String, Object> client, TopicPartition partition, Listener listener) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        this.consumer = new KafkaConsumer<>(properties(client), bytes, bytes);
        this.partition = partition;
        this.listener = listener;
        this.thread = new Thread(this::run, "tributary-reply-inbox");
        this.thread.setDaemon(true);
    }

    /**
     * Begins to read at the end of a partition. Does not wait for the brokers.
     *
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     */
    public static ReplyInbox open(Map<String, Object> client, String topic, int partition, Listener listener) {
        ReplyInbox inbox = new ReplyInbox(client, new TopicPartition(topic, partition), listener);
        inbox.thread.start();
        return inbox;
    }

    /** Whether each reply that is sent from now on will arrive. */
    public boolean isOpen() {
        return open;
    }

    private void run() {
        try (consumer) {
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            while (closed.getCount() > 0) {
                read();
            }
        } catch (WakeupException end) {
            log.debug("the inbox of replies is closed");
        } finally {
            open = false;
        }
    }

    private void read() {
        try {
            // Where the end is, is only found out when it is asked for, and what came before is not given out.
            if (!open) {
                consumer.position(partition);
                open = true;
            }
            consumer.poll(POLL).forEach(listener::arrived);
        } catch (WakeupException end) {
            throw end;
        } catch (KafkaException failure) {
            log.warn("replies are not read at the moment: {}", failure.getMessage());
            awaitClosing(PAUSE);
        }
    }

    private void awaitClosing(Duration longest) {
        try {
            boolean closing = closed.await(longest.toMillis(), TimeUnit.MILLISECONDS);
            log.debug("replies are read again, unless the inbox is closed: {}", closing);
        } catch (InterruptedException e) {
            closed.countDown();
        }
    }

    /** Reads no more; waits for that a moment. */
    @Override
    public void close() {
        closed.countDown();
        consumer.wakeup();
        try {
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, Object> properties(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        return properties;
    }
}
