package io.tributary.kafka.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Creates the topics of a service where they are absent, and checks those that are there, which it never alters.
 */
public final class Topics {

    private static final String UPDATES_KEPT = days(7);
    private static final String REJECTIONS_KEPT = days(30);
    private static final String REPLIES_KEPT = Long.toString(Duration.ofHours(1).toMillis());
    private static final String FOR_EVER = "-1";

    /** The broker that is asked may learn of a topic later than the one that created it. */
    private static final Retry UNTIL_ALL_BROKERS_KNOW = Retry.backoff(6, Duration.ofMillis(50))
            .filter(UnknownTopicOrPartitionException.class::isInstance)
            .onRetryExhaustedThrow((spec, signal) -> signal.failure());

    private final Admin admin;
    private final TopicNames names;
    private final TopicShape shape;
    private final Map<String, String> published;

    /**
     * @param admin remains the caller's, who closes it
     */
    public Topics(Admin admin, TopicNames names, TopicShape shape) {
        this(admin, names, shape, Map.of());
    }

    private Topics(Admin admin, TopicNames names, TopicShape shape, Map<String, String> published) {
        this.admin = admin;
        this.names = names;
        this.shape = shape;
        this.published = published;
    }

    /**
     * The same, for brokers that write each record through to their disks before they acknowledge it: of the topics that
     * are created, those that the service publishes to are written through after some time only. What a broker loses of
     * them the service still has, if it keeps what it published for longer.
     *
     * @param interval how often, roughly
     */
    public Topics publishedFlushedEvery(Duration interval) {
        return new Topics(
                admin,
                names,
                shape,
                Map.of(
                        TopicConfig.FLUSH_MESSAGES_INTERVAL_CONFIG,
                        Long.toString(Long.MAX_VALUE),
                        TopicConfig.FLUSH_MS_CONFIG,
                        Long.toString(interval.toMillis())));
    }

    /**
     * Makes sure that the topics are there and can serve.
     *
     * <p>Emits their ids and completes. Errs with {@link UnsuitableTopicException} when one that was there has another
     * number of partitions, takes too small records, or would be compacted, and with the admin client's exception when
     * the brokers refuse or do not answer. Starts on subscription, signals on the admin client's thread, and blocks
     * nobody. Cancelling leaves the topics that were created.
     */
    public Mono<TopicIds> prepared() {
        return Mono.defer(() -> result(admin.listTopics().names()))
                .flatMap(this::created)
                .then(Mono.defer(this::checked).retryWhen(UNTIL_ALL_BROKERS_KNOW));
    }

    private Mono<Void> created(Set<String> present) {
        List<NewTopic> absent = wanted().stream()
                .filter(topic -> !present.contains(topic.name()))
                .toList();
        if (absent.isEmpty()) {
            return Mono.empty();
        }
        CreateTopicsResult creation = admin.createTopics(absent);
        // Another instance may be faster; then its topic is checked like any other.
        return Mono.whenDelayError(creation.values().values().stream()
                .map(topic -> result(topic).onErrorComplete(TopicExistsException.class))
                .toList());
    }

    private List<NewTopic> wanted() {
        return List.of(
                topic(names.updates(), UPDATES_KEPT, Map.of()),
                topic(names.changes(), FOR_EVER, published),
                topic(names.rejections(), REJECTIONS_KEPT, published),
                topic(names.replies(), REPLIES_KEPT, published));
    }

    private NewTopic topic(String name, String kept, Map<String, String> flushing) {
        Map<String, String> configs = new HashMap<>(flushing);
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        configs.put(TopicConfig.RETENTION_MS_CONFIG, kept);
        configs.put(TopicConfig.RETENTION_BYTES_CONFIG, FOR_EVER);
        configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(shape.maxMessageBytes()));
        return new NewTopic(name, Optional.of(shape.lanes()), Optional.empty()).configs(configs);
    }

    private Mono<TopicIds> checked() {
        Set<String> all = Set.of(names.updates(), names.changes(), names.rejections(), names.replies());
        Mono<Map<String, TopicDescription>> descriptions =
                result(admin.describeTopics(all).allTopicNames());
        Mono<Map<String, Config>> configs =
                result(admin.describeConfigs(resources(all)).all()).map(Topics::byName);
        return Mono.zip(descriptions, configs, this::checked);
    }

    private TopicIds checked(Map<String, TopicDescription> topics, Map<String, Config> configs) {
        TopicCheck check = new TopicCheck(shape);
        topics.forEach((name, topic) -> {
            Config config = Objects.requireNonNull(configs.get(name));
            check.partitions(topic);
            check.recordSize(topic, config);
            if (name.equals(names.changes())) {
                check.notCompacted(topic, config);
            }
        });
        return new TopicIds(id(topics, names.updates()), id(topics, names.changes()), id(topics, names.rejections()));
    }

    private static Uuid id(Map<String, TopicDescription> topics, String name) {
        return Objects.requireNonNull(topics.get(name)).topicId();
    }

    private static List<ConfigResource> resources(Set<String> topics) {
        return topics.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
    }

    private static Map<String, Config> byName(Map<ConfigResource, Config> configs) {
        return configs.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().name(), Map.Entry::getValue));
    }

    private static <T> Mono<T> result(KafkaFuture<T> future) {
        return Mono.fromCompletionStage(future.toCompletionStage());
    }

    private static String days(int days) {
        return Long.toString(Duration.ofDays(days).toMillis());
    }
}
