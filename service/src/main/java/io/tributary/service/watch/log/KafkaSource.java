package io.tributary.service.watch.log;

import io.tributary.kafka.changelog.ChangelogReader;
import io.tributary.kafka.changelog.ChangelogTail;
import io.tributary.kafka.changelog.LaneListener;
import io.tributary.kafka.changelog.LanePosition;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import reactor.core.publisher.Mono;

/** The changelog as a topic of Kafka. */
public final class KafkaSource implements ChangelogSource, AutoCloseable {

    private final Admin admin;
    private final Map<String, Object> client;
    private final String topic;
    private final int lanes;
    private final ChangelogTail tail;

    /**
     * @param admin remains the caller's
     * @param client properties of the Kafka client
     * @param tail is closed with this
     */
    public KafkaSource(Admin admin, Map<String, Object> client, String topic, int lanes, ChangelogTail tail) {
        this.admin = admin;
        this.client = Map.copyOf(client);
        this.topic = topic;
        this.lanes = lanes;
        this.tail = tail;
    }

    @Override
    public Mono<Long> identity() {
        return Mono.fromCompletionStage(() ->
                        admin.describeTopics(List.of(topic)).allTopicNames().toCompletionStage())
                .map(topics -> Objects.requireNonNull(topics.get(topic)).topicId())
                .map(id -> id.getMostSignificantBits() ^ id.getLeastSignificantBits());
    }

    @Override
    public Mono<LanePosition> end(int lane) {
        return Mono.fromCompletionStage(() -> tail.end(lane));
    }

    @Override
    public Reading read(Map<Integer, LanePosition> from, LaneListener listener) {
        ChangelogReader reader = ChangelogReader.start(client, topic, lanes, from, listener);
        return new Reading() {

            @Override
            public void wake(int lane) {
                reader.wake(lane);
            }

            @Override
            public void stop() {
                reader.stop();
            }
        };
    }

    @Override
    public void close() {
        tail.close();
    }
}
