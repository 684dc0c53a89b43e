package io.tributary.load.generator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what comes onto a changelog from now on, committed records only.
 *
 * <p>Made by one thread, used by one thread.
 */
final class ChangelogReader implements AutoCloseable {

    private static final Duration AT_A_TIME = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;

    ChangelogReader(String bootstrapServers, String topic) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        10_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up now, not at the first poll.
        partitions.forEach(consumer::position);
    }

    /**
     * Returns when so many records were read.
     *
     * @param count may become known while records are read
     * @param each sees every record, right after it has arrived
     * @throws IllegalStateException when more records come, or for a minute none
     */
    void read(LongSupplier count, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        long seen = 0;
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (seen < count.getAsLong()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(AT_A_TIME);
            records.forEach(each);
            seen += records.count();
            if (!records.isEmpty()) {
                giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            } else if (System.nanoTime() - giveUpAt > 0) {
                break;
            }
        }
        if (seen != count.getAsLong()) {
            throw new IllegalStateException("Of %d writes %d are on %s".formatted(count.getAsLong(), seen, topic));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
