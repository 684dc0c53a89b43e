package io.tributary.load.generator.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts changes and rejections by the ends of their topics: the changelog has one record for each change of a document that
 * is not deleted, and no other. Reads no record, so it costs next to nothing.
 */
final class ChangelogProgress implements AutoCloseable {

    private static final String CHANGES = "tributary.changes";
    private static final String REJECTIONS = "tributary.rejections";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Admin admin;
    private final List<TopicPartition> partitions;

    ChangelogProgress(String bootstrapServers) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        this.partitions = await(
                        admin.describeTopics(List.of(CHANGES, REJECTIONS)).allTopicNames())
                .values()
                .stream()
                .flatMap(ChangelogProgress::partitions)
                .toList();
    }

    private static Stream<TopicPartition> partitions(TopicDescription topic) {
        return topic.partitions().stream().map(partition -> new TopicPartition(topic.name(), partition.partition()));
    }

    /**
     * How far the topics reach.
     *
     * @param changes records ever written to the changelog
     * @param rejections records ever written to the rejections
     */
    record Position(long changes, long rejections) {}

    Position position() {
        Map<TopicPartition, OffsetSpec> ends =
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                await(admin.listOffsets(ends).all());
        return new Position(sum(found, CHANGES), sum(found, REJECTIONS));
    }

    private static long sum(Map<TopicPartition, ListOffsetsResultInfo> ends, String topic) {
        return ends.entrySet().stream()
                .filter(end -> end.getKey().topic().equals(topic))
                .mapToLong(end -> end.getValue().offset())
                .sum();
    }

    /**
     * Returns when the changelog has so many changes more than before.
     *
     * @throws IllegalStateException when anything is rejected meanwhile, when there are more changes than that, or when for a
     *     minute there is none
     */
    void awaitChanges(Position before, long count) {
        Position now = position();
        long giveUpAt = System.nanoTime() + PATIENCE.toNanos();
        while (now.changes() - before.changes() < count && now.rejections() == before.rejections()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            Position next = position();
            if (next.changes() > now.changes()) {
                giveUpAt = System.nanoTime() + PATIENCE.toNanos();
            }
            now = next;
            if (System.nanoTime() - giveUpAt > 0) {
                break;
            }
        }
        if (now.changes() - before.changes() != count || now.rejections() != before.rejections()) {
            throw new IllegalStateException("Of %d writes %d are on the changelog and %d were rejected"
                    .formatted(count, now.changes() - before.changes(), now.rejections() - before.rejections()));
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka does not tell how far its topics reach", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
