package io.tributary.kafka.intake;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The offsets that the consumer group shows. They are put in by any thread and sent by the poll thread. */
final class ShownOffsets {

    private static final Logger log = LoggerFactory.getLogger(ShownOffsets.class);

    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration LAST_CHANCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<Integer, OffsetAndMetadata> unsent = new ConcurrentHashMap<>();
    private long sentAt = System.nanoTime();

    ShownOffsets(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.topic = topic;
    }

    void put(int partition, OffsetAndMetadata position) {
        unsent.put(partition, position);
    }

    /** Sends what is there if the last time is some seconds ago. What is not taken is overtaken by the next. */
    void sendNowAndThen(Set<Integer> partitions) {
        long now = System.nanoTime();
        if (unsent.isEmpty() || now - sentAt < EVERY_NANOS) {
            return;
        }
        sentAt = now;
        consumer.commitAsync(take(partitions), (offsets, refusal) -> {
            if (refusal != null) {
                log.debug("Offsets of {} are not shown: {}", topic, refusal.toString());
            }
        });
    }

    /** Sends what is there of partitions that are about to leave, and waits for it a little. */
    void sendLast(Set<Integer> partitions) {
        Map<TopicPartition, OffsetAndMetadata> offsets = take(partitions);
        if (offsets.isEmpty()) {
            return;
        }
        try {
            commit(offsets);
        } catch (KafkaException e) {
            log.debug("Offsets of {} are not shown: {}", topic, e.toString());
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        try {
            consumer.commitSync(offsets, LAST_CHANCE);
        } catch (WakeupException meantForAPoll) {
            commit(offsets);
        }
    }

    void forget(Set<Integer> partitions) {
        unsent.keySet().removeAll(partitions);
    }

    private Map<TopicPartition, OffsetAndMetadata> take(Set<Integer> partitions) {
        Map<TopicPartition, OffsetAndMetadata> taken = new HashMap<>();
        for (int partition : partitions) {
            OffsetAndMetadata position = unsent.remove(partition);
            if (position != null) {
                taken.put(new TopicPartition(topic, partition), position);
            }
        }
        return taken;
    }
}
