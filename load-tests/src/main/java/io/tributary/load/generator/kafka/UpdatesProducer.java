package io.tributary.load.generator.kafka;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Keys;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.http.Requests;
import io.tributary.load.measure.OwnCpu;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts writes on the updates topic as fast as the broker takes them, and waits until all are on the changelog. All methods
 * block.
 */
public final class UpdatesProducer implements AutoCloseable {

    private final Corpus corpus;
    private final RandomGenerator random;
    private final Topics topics;
    private final Producer<byte[], byte[]> producer;
    private final String bootstrapServers;

    public UpdatesProducer(Corpus corpus, String bootstrapServers, Topics topics) {
        this.corpus = corpus;
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.random = corpus.random();
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        64 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /**
     * Where writes go in and changes come out.
     *
     * @param updates the topic of writes
     * @param changes the topic that gets one record for each of them
     */
    public record Topics(String updates, String changes) {}

    /**
     * Creates all documents of the corpus.
     *
     * @throws IllegalStateException when the service gets no further
     */
    public void create() {
        drive(
                corpus.indexes()
                        .mapToObj(index -> update(corpus.name(index), "{\"create\":" + Corpus.data(index) + "}")),
                corpus.size() + 1L);
    }

    /**
     * Increments documents. The time runs from the first record that is produced until the last change is on the changelog.
     *
     * @throws IllegalStateException when the service gets no further
     */
    public Load increment(Keys keys, int records) {
        IntSupplier indexes = keys.indexes(corpus, random);
        return drive(
                Stream.generate(() -> update(corpus.name(indexes.getAsInt()), Requests.INCREMENT))
                        .limit(records),
                records);
    }

    private Load drive(Stream<ProducerRecord<byte[], byte[]>> records, long count) {
        try (ChangelogReader reader = new ChangelogReader(bootstrapServers, topics.changes())) {
            OwnCpu cpu = new OwnCpu();
            long begin = System.nanoTime();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> reader.read(() -> count, record -> {}));
            send(records);
            reading.join();
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            return new Load(elapsed, new Answers(count, 0, 0), Latencies.none(), cpu.spent());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears of failures.
    private void send(Stream<ProducerRecord<byte[], byte[]>> records) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Callback keepFailure = (metadata, failed) -> {
            if (failed != null) {
                failure.compareAndSet(null, failed);
            }
        };
        records.forEach(record -> producer.send(record, keepFailure));
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("The broker did not take every record", failure.get());
        }
    }

    private ProducerRecord<byte[], byte[]> update(String document, String write) {
        return new ProducerRecord<>(
                topics.updates(), document.getBytes(StandardCharsets.UTF_8), write.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
    }
}
