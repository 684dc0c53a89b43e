package io.tributary.service.acceptance.driver;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A client of the service's topics: a producer as Kafka's Java client has it, and readers. Thread-safe. */
public final class Topics implements AutoCloseable {

    public static final String UPDATES = "tributary.updates";
    public static final String CHANGES = "tributary.changes";
    public static final String REJECTIONS = "tributary.rejections";

    private static final int LARGEST_REQUEST = 64 << 20;
    private static final long PATIENCE_SECONDS = 300;
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    /** @param bootstrapServers where Kafka is */
    public Topics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "acks",
                        "all",
                        "linger.ms",
                        0,
                        "max.request.size",
                        LARGEST_REQUEST,
                        "buffer.memory",
                        2L * LARGEST_REQUEST,
                        "delivery.timeout.ms",
                        Integer.MAX_VALUE,
                        "reconnect.backoff.max.ms",
                        500,
                        // With more, a producer can stand still for ever that comes to a new partition (KAFKA-15591).
                        "max.in.flight.requests.per.connection",
                        1,
                        // A record that is large only until it is compressed can be sent by anybody.
                        "compression.type",
                        "gzip"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A record for the updates topic, for the partition that Kafka's Java client chooses. */
    public static ProducerRecord<byte[], byte[]> update(String key, String write) {
        return new ProducerRecord<>(UPDATES, bytes(key), bytes(write));
    }

    /** Sends a record and waits until the broker has it. */
    public RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return sendLater(record).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("The broker did not take a record", e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a record was under way", e);
        }
    }

    /** Sends a record; the future completes when the broker has it. */
    public CompletableFuture<RecordMetadata> sendLater(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.complete(metadata);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    /** How many partitions a topic has. */
    public int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /** A client for what operators do. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers));
    }

    /** Reads all changes that come from now on. */
    public Changelog changesFromNow() {
        return new Changelog(TopicReader.fromNow(bootstrapServers, CHANGES));
    }

    /** Reads all changes that ever were. */
    public Changelog allChanges() {
        return new Changelog(TopicReader.fromTheBeginning(bootstrapServers, CHANGES));
    }

    /** Reads all rejections that come from now on. */
    public TopicReader rejectionsFromNow() {
        return TopicReader.fromNow(bootstrapServers, REJECTIONS);
    }

    /** Reads all rejections that ever were. */
    public TopicReader allRejections() {
        return TopicReader.fromTheBeginning(bootstrapServers, REJECTIONS);
    }

    /** Makes a topic for replies and reads it. */
    public TopicReader replies(String topic) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1)))
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new AssertionError("The broker did not make the topic " + topic, e);
        }
        await().ignoreExceptions().until(() -> partitions(topic) == 1);
        return TopicReader.fromTheBeginning(bootstrapServers, topic);
    }

    /** Text as the service reads it. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
