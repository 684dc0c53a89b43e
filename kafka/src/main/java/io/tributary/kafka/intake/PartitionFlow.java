package io.tributary.kafka.intake;

import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * One assigned partition: whether it may be read, and what was read and not accepted yet. Confined to the poll thread.
 */
final class PartitionFlow {

    private final Consumer<byte[], byte[]> consumer;
    private final TopicPartition partition;

    private boolean waiting;
    private boolean paused;
    private List<ConsumerRecord<byte[], byte[]>> held = List.of();

    /** A partition that waits for its position. */
    PartitionFlow(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        this.consumer = consumer;
        this.partition = partition;
        suspend();
        // Any position will do, for nothing is read while it waits; without one the consumer would look up the
        // group's offset and fail where there is none.
        consumer.seek(partition, 0);
    }

    int partition() {
        return partition.partition();
    }

    void suspend() {
        waiting = true;
        held = List.of();
        settle(true);
    }

    void resumeFrom(OffsetAndMetadata position) {
        waiting = false;
        held = List.of();
        consumer.seek(partition, position);
    }

    /** The rest of what was offered, or new records; there are never both, for a partition with a rest is paused. */
    void hold(List<ConsumerRecord<byte[], byte[]>> records) {
        held = records;
    }

    List<ConsumerRecord<byte[], byte[]>> held() {
        return held;
    }

    void accepted(int count) {
        held = held.subList(count, held.size());
    }

    /** Makes the consumer read this partition, or not, as things now are. */
    void settle(boolean halted) {
        boolean pause = halted || waiting || !held.isEmpty();
        if (pause == paused) {
            return;
        }
        paused = pause;
        if (pause) {
            consumer.pause(List.of(partition));
        } else {
            consumer.resume(List.of(partition));
        }
    }

    boolean isWaiting() {
        return waiting;
    }

    boolean isPaused() {
        return paused;
    }
}
