package io.tributary.service.changelog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.kafka.changelog.ChangelogHeaders;
import io.tributary.kafka.changelog.ChangelogTail;
import io.tributary.kafka.embedded.EmbeddedKafka;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.kafka.topics.TopicNames;
import io.tributary.kafka.topics.TopicShape;
import io.tributary.kafka.topics.Topics;
import io.tributary.service.store.InMemoryStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** A broker that takes the records of one lane, and not those of another. */
class RefusedRecordIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LARGEST = 4 << 20;
    private static final int LOWERED = 100_000;
    private static final TopicNames TOPICS = TopicNames.defaults();
    private static final PublisherSettings SETTINGS =
            new PublisherSettings(Duration.ofSeconds(60), 4L << 20, 16, Duration.ofMillis(250), Duration.ofSeconds(1));

    private final Scheduler thread = Schedulers.newSingle("publisher");
    private final InMemoryStore store = new InMemoryStore(2);

    private EmbeddedKafka kafka;
    private Admin admin;
    private KafkaChangelog changelog;
    private Publisher publisher;
    private OwnedLane lane;
    private OwnedLane other;

    @BeforeEach
    void start(@TempDir Path directory) {
        kafka = EmbeddedKafka.start(directory);
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        admin = Admin.create(client);
        new Topics(admin, TOPICS, new TopicShape(2, LARGEST)).prepared().block(SOON);
        changelog = new KafkaChangelog(
                TOPICS,
                null,
                new ChangelogTail(client, TOPICS.changes(), SOON),
                ProducerSettings.enduring(client, LARGEST, 2 * LARGEST),
                new Replies(client, LARGEST),
                Schedulers.boundedElastic());
        publisher = new Publisher(changelog, store.session("publisher"), SETTINGS, thread, InstantSource.system());
        lane = new OwnedLane(0, store, publisher, InstantSource.system());
        other = new OwnedLane(1, store, publisher, InstantSource.system());
        lane.open();
        other.open();
    }

    @AfterEach
    void stop() {
        publisher.close();
        changelog.close();
        thread.dispose();
        admin.close();
        kafka.close();
    }

    @Test
    void aChangeThatItsTopicDoesNotTakeStopsItsOwnLaneUntilTheTopicIsMended() throws Exception {
        take(LOWERED);
        lane.commit(1);
        other.commit(1);
        awaitPublished(0, 1);
        awaitPublished(1, 1);

        lane.commit(List.of(lane.change(Change.Kind.UPDATE, incompressible(5 * LOWERED))));
        lane.commit(1);
        other.commit(1);
        await().atMost(SOON).until(() -> publisher.standing() == 1);
        other.commit(1);
        awaitPublished(1, 3);
        assertThat(numbers(0)).containsExactly(1L);

        take(LARGEST);
        awaitPublished(0, 3);
        lane.commit(1);
        awaitPublished(0, 4);
        assertThat(publisher.standing()).isZero();
        assertThat(numbers(1)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aTopicOfRejectionsThatIsGoneDelaysNoChanges() throws Exception {
        admin.deleteTopics(List.of(TOPICS.rejections())).all().get();

        lane.commit(List.of(rejection()));
        lane.commit(1);
        other.commit(1);

        awaitPublished(0, 1);
        awaitPublished(1, 1);
        assertThat(publisher.sweepableTo(0)).isLessThan(1);
    }

    private void take(int maxMessageBytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, TOPICS.changes());
        ConfigEntry entry = new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxMessageBytes));
        admin.incrementalAlterConfigs(Map.of(topic, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                .all()
                .get();
        await().atMost(SOON)
                .until(() -> admin.describeConfigs(List.of(topic))
                        .all()
                        .get()
                        .get(topic)
                        .get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                        .value()
                        .equals(entry.value()));
    }

    private static byte[] incompressible(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Publication rejection() {
        return new Publication.Rejection(
                null,
                null,
                List.of(),
                Problem.of(ProblemType.MALFORMED, "no JSON"),
                new Publication.Source("updates", 0, 7));
    }

    private void awaitPublished(int partition, long last) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(numbers(partition))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, last).boxed().toList()));
    }

    /** The numbers of all records of a partition of the changelog, in their order there. */
    private List<Long> numbers(int partition) {
        TopicPartition changes = new TopicPartition(TOPICS.changes(), partition);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        List<Long> numbers = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
            consumer.assign(List.of(changes));
            consumer.seekToBeginning(List.of(changes));
            long end = consumer.endOffsets(List.of(changes)).get(changes);
            while (consumer.position(changes) < end) {
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(record -> numbers.add(Long.parseLong(new String(
                                record.headers()
                                        .lastHeader(ChangelogHeaders.SEQUENCE)
                                        .value(),
                                StandardCharsets.UTF_8))));
            }
        }
        return numbers;
    }
}
