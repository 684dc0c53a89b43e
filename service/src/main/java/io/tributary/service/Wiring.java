package io.tributary.service;

import io.micrometer.core.instrument.MeterRegistry;
import io.tributary.json.Limits;
import io.tributary.kafka.changelog.ChangelogTail;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.LaneRule;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.kafka.topics.TopicEnds;
import io.tributary.kafka.topics.TopicNames;
import io.tributary.kafka.topics.TopicShape;
import io.tributary.kafka.topics.Topics;
import io.tributary.name.DocumentName;
import io.tributary.service.TributarySettings.Ownership;
import io.tributary.service.changelog.KafkaChangelog;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Replies;
import io.tributary.service.definition.Definitions;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.compute.Expressions;
import io.tributary.service.http.Examples;
import io.tributary.service.http.HttpApi;
import io.tributary.service.http.bulk.BulkWrites;
import io.tributary.service.http.reply.ProblemHandler;
import io.tributary.service.http.server.HttpServerCustomizer;
import io.tributary.service.http.server.HttpSettings;
import io.tributary.service.http.server.OriginFilter;
import io.tributary.service.http.server.SecuritySettings;
import io.tributary.service.http.watch.EventStreams;
import io.tributary.service.http.watch.WatchSockets;
import io.tributary.service.intake.Batches;
import io.tributary.service.intake.CallerIntake;
import io.tributary.service.intake.Forwarding;
import io.tributary.service.intake.LaterWrites;
import io.tributary.service.intake.RecordIntake;
import io.tributary.service.intake.ReplyTopics;
import io.tributary.service.intake.Writes;
import io.tributary.service.job.JobSettings;
import io.tributary.service.job.Jobs;
import io.tributary.service.lane.KeyedNames;
import io.tributary.service.lane.LaneSettings;
import io.tributary.service.lane.Lanes;
import io.tributary.service.observe.CommitMeters;
import io.tributary.service.observe.Gauges;
import io.tributary.service.observe.LanesEndpoint;
import io.tributary.service.observe.LanesHealth;
import io.tributary.service.observe.TriggerMeters;
import io.tributary.service.query.Queries;
import io.tributary.service.query.QuerySettings;
import io.tributary.service.schema.Schemas;
import io.tributary.service.start.Patience;
import io.tributary.service.store.Store;
import io.tributary.service.store.postgres.IdempotencyPartitions;
import io.tributary.service.store.postgres.PostgresStore;
import io.tributary.service.store.postgres.Tombstones;
import io.tributary.service.trigger.TriggerRunner;
import io.tributary.service.trigger.Triggers;
import io.tributary.service.watch.WatchSettings;
import io.tributary.service.watch.Watches;
import io.tributary.service.watch.feed.Follower;
import io.tributary.service.watch.feed.Hub;
import io.tributary.service.watch.log.KafkaSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.scheduler.Schedulers;

/** The object graph, from the servers at the bottom to HTTP at the top. */
@Configuration(proxyBeanMethods = false)
class Wiring {

    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration TAIL_PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT_FOR_A_DURABLE_BROKER = Duration.ofSeconds(10);
    private static final Duration FLUSHED_EVERY = Duration.ofSeconds(1);

    private static final int HEADERS_AND_KEY = 64 << 10;

    private final TributarySettings settings;

    Wiring(TributarySettings settings) {
        this.settings = settings;
    }

    // ---- servers ----

    @Bean
    Servers servers() {
        return Servers.of(settings, patience());
    }

    @Bean(destroyMethod = "")
    PostgresStore store(Servers servers) {
        return servers.store(settings.lanes(), patience());
    }

    @Bean
    IdempotencyPartitions idempotencyPartitions(PostgresStore store) {
        return store.idempotencyPartitions(settings.idempotency().keep());
    }

    @Bean
    Tombstones tombstones(PostgresStore store) {
        return store.tombstones(settings.tombstones().keep());
    }

    @Bean
    Admin admin(Servers servers) {
        return Admin.create(client(servers));
    }

    @Bean
    Topics topics(Admin admin, Servers servers) {
        Topics topics = new Topics(admin, topicNames(), shape());
        return servers.brokerIsDurable() ? topics.publishedFlushedEvery(FLUSHED_EVERY) : topics;
    }

    // ---- the way of a write, from its end ----

    @Bean
    KafkaChangelog changelog(Servers servers, Replies replies) {
        return new KafkaChangelog(
                topicNames(),
                settings.source(),
                new ChangelogTail(client(servers), topicNames().changes(), TAIL_PATIENCE),
                producer(servers),
                replies,
                Schedulers.boundedElastic());
    }

    @Bean(destroyMethod = "")
    Replies replies(Servers servers) {
        return new Replies(client(servers), shape().maxMessageBytes());
    }

    @Bean
    Publisher publisher(KafkaChangelog changelog, Store store, Servers servers) {
        Duration keep = settings.changes().keep() != null
                ? settings.changes().keep()
                : servers.brokerIsDurable() ? KEPT_FOR_A_DURABLE_BROKER : PublisherSettings.DEFAULT.keep();
        return new Publisher(
                changelog,
                store.session("publisher"),
                PublisherSettings.DEFAULT.withKeep(keep),
                Schedulers.newSingle("tributary-publisher", true),
                InstantSource.system());
    }

    @Bean(destroyMethod = "")
    Schemas schemas(Definitions definitions) {
        return new Schemas(definitions, Schedulers.parallel());
    }

    @Bean
    Definitions definitions(PostgresStore store) {
        return new Definitions(store.definitions(), Schedulers.parallel());
    }

    @Bean
    Triggers triggers(Definitions definitions, PostgresStore store) {
        return new Triggers(
                definitions,
                store.triggerFailures(),
                limits(),
                settings.changes().before(),
                settings.changes().after() == TributarySettings.After.ALL);
    }

    @Bean(destroyMethod = "")
    TriggerRunner triggerRunner(
            Triggers triggers, Writes writes, Batches batches, Servers servers, MeterRegistry registry) {
        TopicNames topics = topicNames();
        return TriggerRunner.of(
                triggers,
                writes,
                batches,
                limits(),
                settings.triggers().settings(),
                new TriggerRunner.Kafka(
                        client(servers),
                        settings.kafka().group() + "-triggers",
                        topics.changes(),
                        topics.rejections(),
                        shape().maxMessageBytes()),
                new TriggerMeters(registry),
                Schedulers.newSingle("tributary-triggers", true));
    }

    @Bean
    Lanes lanes(Store store, Schemas schemas, Publisher publisher, RecordIntake intake, MeterRegistry registry) {
        LaneSettings lanes = laneSettings();
        return new Lanes(
                lanes,
                documentLimits().withSchemas(schemas),
                instanceName(),
                store,
                publisher,
                InstantSource.system(),
                committer -> Schedulers.newSingle("tributary-committer-" + committer, true),
                intake,
                new CommitMeters(registry, lanes.lanes(), lanes.committers()));
    }

    @Bean
    RecordIntake recordIntake(Servers servers) {
        return new RecordIntake(
                topicNames().updates(),
                laneOf(),
                limits(),
                producer(servers),
                new ReplyTopics(settings.kafka().replyTopics(), topicNames().replies()));
    }

    @Bean
    Operation operation(
            Topics topics,
            IdempotencyPartitions partitions,
            Tombstones tombstones,
            Store store,
            Lanes lanes,
            RecordIntake intake,
            Forwarding forwarding,
            Publisher publisher,
            Jobs jobs,
            Definitions definitions,
            TriggerRunner triggers,
            Servers servers) {
        var prerequisites = new Prerequisites(
                servers, patience(), partitions, definitions, topics, ownership(servers) == Ownership.GROUP);
        return new Operation(
                prerequisites,
                partitions,
                tombstones,
                jobs,
                definitions,
                triggers,
                lanes,
                intake,
                intakeSettings(servers),
                forwarding,
                publisher,
                store);
    }

    @Bean(destroyMethod = "")
    Forwarding forwarding(RecordIntake intake, Servers servers) {
        return switch (ownership(servers)) {
            case ALL -> Forwarding.nowhere();
            case GROUP ->
                intake.forwarding(
                        client(servers),
                        topicNames().replies(),
                        settings.lanes(),
                        settings.callers().patience(),
                        Schedulers.parallel());
        };
    }

    @Bean
    CallerIntake callerIntake(Lanes lanes, Forwarding forwarding) {
        return new CallerIntake(lanes, laneOf(), forwarding, settings.callers().patience(), Schedulers.parallel());
    }

    // ---- watches ----

    @Bean
    KafkaSource changelogSource(Servers servers, Admin admin) {
        return new KafkaSource(
                admin,
                client(servers),
                topicNames().changes(),
                settings.lanes(),
                new ChangelogTail(client(servers), topicNames().changes(), TAIL_PATIENCE));
    }

    @Bean
    Watches watches(KafkaSource source, Store store) {
        Hub hub = new Hub(settings.lanes(), laneOf(), WatchSettings.DEFAULT.recentBytes(), InstantSource.system());
        Follower follower = new Follower(source, hub, settings.lanes(), Schedulers.parallel());
        return new Watches(
                hub,
                follower,
                source,
                store,
                WatchSettings.DEFAULT,
                Schedulers.parallel(),
                Schedulers.boundedElastic());
    }

    @Bean
    WatchOperation watchOperation(Watches watches) {
        return new WatchOperation(watches);
    }

    // ---- HTTP ----

    @Bean
    LaterWrites laterWrites(RecordIntake intake) {
        return intake.later(settings.callers().patience(), Schedulers.parallel());
    }

    @Bean
    Queries queries(Store store) {
        return new Queries(store, QuerySettings.DEFAULT, Schedulers.parallel());
    }

    @Bean
    Jobs jobs(PostgresStore store, Schemas schemas, Queries queries, Writes writes) {
        JobSettings jobSettings = JobSettings.DEFAULT
                .withKeep(settings.jobs().keep())
                .withRemembered(settings.idempotency().keep());
        return new Jobs(
                store,
                store.jobs(),
                queries,
                writes,
                documentLimits().withSchemas(schemas),
                jobSettings,
                Schedulers.parallel(),
                InstantSource.system());
    }

    @Bean
    WebFilter routes(
            Writes writes,
            LaterWrites later,
            Batches batches,
            Watches watches,
            Store store,
            Queries queries,
            Jobs jobs,
            Schemas schemas,
            Triggers triggers,
            ObjectProvider<BuildProperties> build) {
        String version =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        BulkWrites bulk = new BulkWrites(writes, limits(), Schedulers.parallel());
        return HttpApi.routes(
                writes,
                later,
                batches,
                bulk,
                new EventStreams(watches),
                new WatchSockets(watches, limits()),
                store,
                queries,
                jobs,
                schemas,
                triggers,
                limits(),
                version,
                new KeyedNames(laneOf()),
                laneOf());
    }

    @Bean
    RouterFunction<ServerResponse> examples() {
        return Examples.routes();
    }

    @Bean
    ProblemHandler problemHandler() {
        return new ProblemHandler();
    }

    @Bean
    HttpServerCustomizer httpServer(HttpSettings http, SecuritySettings security) {
        return new HttpServerCustomizer(http, security);
    }

    @Bean
    OriginFilter originFilter(HttpSettings http) {
        return new OriginFilter(http.cors());
    }

    // ---- what operators see ----

    @Bean
    Gauges gauges(Lanes lanes, Publisher publisher, RecordIntake intake, Replies replies, Watches watches) {
        return new Gauges(lanes, publisher, intake, replies, watches);
    }

    /** Named for the group {@code readiness} in application.properties. */
    @Bean("lanesHealthIndicator")
    LanesHealth lanesHealth(Lanes lanes, RecordIntake intake, Forwarding forwarding) {
        return new LanesHealth(lanes, intake, forwarding);
    }

    @Bean
    LanesEndpoint lanesEndpoint(Store store, Lanes lanes, Publisher publisher, Admin admin) {
        TopicEnds ends = new TopicEnds(admin, topicNames().updates(), settings.lanes());
        return new LanesEndpoint(instanceName(), store, lanes, publisher, ends::offsets);
    }

    @Bean
    Greeting greeting(Servers servers) {
        return new Greeting(servers);
    }

    // ---- settings ----

    private String instanceName() {
        return settings.instance() != null ? settings.instance() : InstanceName.ofThisProcess();
    }

    private Patience patience() {
        return new Patience(settings.startPatience());
    }

    private Ownership ownership(Servers servers) {
        return settings.ownership() != null
                ? settings.ownership()
                : servers.brokerIsDurable() ? Ownership.ALL : Ownership.GROUP;
    }

    private Limits limits() {
        return settings.limits().limits().withExpressions(Expressions::fault);
    }

    private DocumentLimits documentLimits() {
        return new DocumentLimits(limits().documentBytes(), limits().nesting());
    }

    private TopicNames topicNames() {
        return settings.kafka().topics().names();
    }

    private TopicShape shape() {
        return TopicShape.of(settings.lanes(), limits().requestBytes(), limits().documentBytes());
    }

    private LaneSettings laneSettings() {
        var content = new LaneSettings.ChangeContent(
                settings.changes().before(), settings.changes().after() == TributarySettings.After.ALL);
        DataSize waiting = settings.limits().waiting();
        return LaneSettings.DEFAULT
                .withWaitingBytes(waiting != null ? waiting.toBytes() : LaneSettings.DEFAULT.waitingBytes())
                .withLanes(settings.lanes())
                .withChanges(content)
                .withChangeBytes(shape().maxMessageBytes() - HEADERS_AND_KEY);
    }

    private ToIntFunction<DocumentName> laneOf() {
        int lanes = settings.lanes();
        return document -> LaneRule.laneOf(document.key().getBytes(StandardCharsets.UTF_8), lanes);
    }

    private Map<String, Object> client(Servers servers) {
        Map<String, Object> client = new HashMap<>(settings.kafka().properties());
        client.put("bootstrap.servers", servers.bootstrapServers());
        return client;
    }

    private ProducerSettings producer(Servers servers) {
        int record = shape().maxMessageBytes();
        return ProducerSettings.enduring(client(servers), record, 6 * record);
    }

    private IntakeSettings intakeSettings(Servers servers) {
        return new IntakeSettings(
                client(servers),
                topicNames().updates(),
                settings.kafka().group(),
                switch (ownership(servers)) {
                    case ALL -> new IntakeSettings.Ownership.Everything(settings.lanes());
                    case GROUP -> new IntakeSettings.Ownership.Shared(SESSION_TIMEOUT, settings.instance());
                });
    }
}
