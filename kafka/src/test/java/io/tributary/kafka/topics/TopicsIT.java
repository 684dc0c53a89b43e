package io.tributary.kafka.topics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.kafka.TestKafka;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

class TopicsIT {

    private static final int MEBIBYTE = 1 << 20;
    private static final Duration SOON = Duration.ofSeconds(20);

    private final TestKafka kafka = TestKafka.shared();
    private final String prefix = UUID.randomUUID().toString();
    private final TopicNames names =
            new TopicNames(prefix + ".updates", prefix + ".changes", prefix + ".rejections", prefix + ".replies");
    private final TopicShape shape = TopicShape.of(4, 10 * MEBIBYTE, MEBIBYTE);
    private final Topics topics = new Topics(kafka.admin(), names, shape);

    @Test
    void createsTheTopicsWithAPartitionForEachLane() {
        prepare();

        assertThat(described().values())
                .extracting(topic -> topic.partitions().size())
                .containsExactly(4, 4, 4);
    }

    @ParameterizedTest
    @CsvSource({"updates, 604800000", "changes, -1", "rejections, 2592000000"})
    void keepsEachTopicsRecordsForItsTime(String topic, String milliseconds) {
        prepare();

        assertThat(config(prefix + "." + topic, "retention.ms")).isEqualTo(milliseconds);
    }

    @Test
    void createsAChangelogThatIsNotCompacted() {
        prepare();

        assertThat(config(names.changes(), "cleanup.policy")).isEqualTo("delete");
    }

    @Test
    void createsTopicsThatTakeTheLargestRecord() {
        prepare();

        assertThat(config(names.changes(), "max.message.bytes")).isEqualTo(Integer.toString(11 * MEBIBYTE));
    }

    @ParameterizedTest
    @CsvSource({"updates, false", "changes, true", "rejections, true"})
    void createsPublishedTopicsThatAreFlushedByTimeWhereThatIsWanted(String topic, boolean byTime) {
        topics.publishedFlushedEvery(Duration.ofSeconds(1)).prepared().block(SOON);

        assertThat(config(prefix + "." + topic, "flush.ms").equals("1000")).isEqualTo(byTime);
    }

    @Test
    void findsTheTopicsAgain() {
        TopicIds created = prepare();

        StepVerifier.create(topics.prepared())
                .expectNext(created)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void createsWhatIsMissingBesideWhatIsThere() {
        create(names.changes(), 4, Map.of("max.message.bytes", "99999999"));

        prepare();

        assertThat(described()).hasSize(3);
    }

    @Test
    void severalInstancesMayPrepareAtOnce() {
        Topics others = new Topics(kafka.admin(), names, shape);

        StepVerifier.create(topics.prepared().mergeWith(others.prepared()).distinct())
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void refusesTooFewPartitionsAndSaysHowToAddThem() {
        create(names.updates(), 3, Map.of("max.message.bytes", "99999999"));

        assertThat(refusal())
                .isEqualTo("Topic " + names.updates() + " has 3 partitions, and the service 4 lanes. "
                        + "Mend it: kafka-topics.sh --bootstrap-server " + broker() + " --alter --topic "
                        + names.updates() + " --partitions 4");
    }

    @Test
    void refusesTooManyPartitionsAndSaysWhatIsLeftToDo() {
        create(names.changes(), 5, Map.of("max.message.bytes", "99999999"));

        assertThat(refusal())
                .startsWith("Topic " + names.changes() + " has 5 partitions, and the service only 4 lanes. ")
                .contains("tributary.lanes=5")
                .endsWith("kafka-topics.sh --bootstrap-server " + broker() + " --delete --topic " + names.changes());
    }

    @Test
    void refusesTooSmallRecordsAndSaysHowToAllowThem() {
        create(names.rejections(), 4, Map.of("max.message.bytes", "1000012"));

        assertThat(refusal())
                .isEqualTo("Topic " + names.rejections() + " takes records of 1000012 bytes, and the service's have up "
                        + "to 11534336. Mend it: kafka-configs.sh --bootstrap-server " + broker()
                        + " --alter --topic " + names.rejections() + " --add-config max.message.bytes=11534336");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"compact", "compact,delete"})
    void refusesACompactedChangelogAndSaysHowToEndThat(String policy) {
        create(names.changes(), 4, Map.of("max.message.bytes", "99999999", "cleanup.policy", policy));

        assertThat(refusal())
                .startsWith("Topic " + names.changes() + " has cleanup.policy=")
                .endsWith("kafka-configs.sh --bootstrap-server " + broker() + " --alter --topic " + names.changes()
                        + " --add-config cleanup.policy=delete");
    }

    @Test
    void letsRejectionsBeCompacted() {
        create(names.rejections(), 4, Map.of("max.message.bytes", "99999999", "cleanup.policy", "compact"));

        prepare();

        assertThat(config(names.rejections(), "cleanup.policy")).isEqualTo("compact");
    }

    @Test
    void theMendingCommandsMend() {
        create(names.changes(), 4, Map.of("max.message.bytes", "1000012"));
        assertThat(refusal()).contains("max.message.bytes=11534336");

        TestKafka.await(kafka.admin()
                .incrementalAlterConfigs(Map.of(
                        resource(names.changes()),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "11534336"), AlterConfigOp.OpType.SET))))
                .all());

        // The broker that is asked hears of the change a moment after the controller has made it.
        StepVerifier.create(topics.prepared()
                        .retryWhen(Retry.fixedDelay(50, Duration.ofMillis(100))
                                .filter(UnsuitableTopicException.class::isInstance)))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);
    }

    private TopicIds prepare() {
        return topics.prepared().blockOptional(SOON).orElseThrow();
    }

    private String refusal() {
        Throwable[] refusal = new Throwable[1];
        StepVerifier.create(topics.prepared())
                .expectErrorSatisfies(e -> refusal[0] = e)
                .verify(SOON);
        assertThat(refusal[0]).isInstanceOf(UnsuitableTopicException.class);
        return refusal[0].getMessage();
    }

    private void create(String name, int partitions, Map<String, String> configs) {
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        TestKafka.await(kafka.admin().createTopics(List.of(topic)).all());
    }

    private Map<String, TopicDescription> described() {
        Collection<String> all = Set.of(names.updates(), names.changes(), names.rejections());
        return TestKafka.await(kafka.admin().describeTopics(all).allTopicNames());
    }

    private String config(String topic, String name) {
        return TestKafka.await(
                        kafka.admin().describeConfigs(Set.of(resource(topic))).all())
                .get(resource(topic))
                .get(name)
                .value();
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private Object broker() {
        return kafka.client().get("bootstrap.servers");
    }
}
