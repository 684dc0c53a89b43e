package io.tributary.kafka.topics;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import reactor.core.publisher.Mono;

/** Where the partitions of a topic end. */
public final class TopicEnds {

    private final Admin admin;
    private final String topic;
    private final int partitions;

    /**
     * @param admin remains the caller's, who closes it
     * @param partitions how many are asked for, from the first
     */
    public TopicEnds(Admin admin, String topic, int partitions) {
        this.admin = admin;
        this.topic = topic;
        this.partitions = partitions;
    }

    /**
     * Emits the offset of the next record of each partition. Errs with the admin client's exception when the brokers refuse
     * or do not answer. Signals on the admin client's thread.
     */
    public Mono<Map<Integer, Long>> offsets() {
        return Mono.defer(() -> Mono.fromCompletionStage(admin.listOffsets(IntStream.range(0, partitions)
                                .boxed()
                                .collect(Collectors.toMap(
                                        partition -> new TopicPartition(topic, partition),
                                        partition -> OffsetSpec.latest())))
                        .all()
                        .toCompletionStage()))
                .map(ends -> {
                    Map<Integer, Long> offsets = new HashMap<>();
                    ends.forEach((partition, end) -> offsets.put(partition.partition(), end.offset()));
                    return offsets;
                });
    }
}
