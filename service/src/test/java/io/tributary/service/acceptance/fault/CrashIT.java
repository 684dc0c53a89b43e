package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Changelog.Change;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * The service is killed under mixed writes over HTTP and Kafka and started again on its data; callers repeat what was not
 * answered. {@code -Dtributary.acceptance.writes=50000} makes it longer, {@code -Dtributary.acceptance.seed=…} repeats a run.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CrashIT {

    private static final int WRITES = Integer.getInteger("tributary.acceptance.writes", 10_000);
    private static final long SEED = Long.getLong("tributary.acceptance.seed", System.nanoTime());
    private static final int DOCUMENTS = 1_000;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<Integer> answeredAsApplied = ConcurrentHashMap.newKeySet();
    private final Set<Integer> answeredAsRefused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();

    /** What dies. */
    enum Victim {
        THE_JVM(ServiceProcess::kill),
        THE_JVM_AND_POSTGRES(ServiceProcess::killWithDatabase);

        private final Consumer<ServiceProcess> killing;

        Victim(Consumer<ServiceProcess> killing) {
            this.killing = killing;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyWriteIsAppliedOnceOrRefusedOnce(Victim victim, @TempDir Path data) {
        List<MixedWrite> writes = MixedWrite.some(SEED, WRITES, DOCUMENTS);
        try (ServiceProcess service = new ServiceProcess("crash-" + victim, data).start();
                Http http = service.http();
                Topics topics = service.topics()) {
            CompletableFuture<Void> overHttp = writeOverHttp(writes, http);
            CompletableFuture<Void> overKafka = writeOverKafka(writes, topics);
            await().atMost(IN_THE_END).until(() -> answered.get() > WRITES / 2);

            victim.killing.accept(service);
            service.start();

            overHttp.join();
            overKafka.join();
            check(writes, http, topics);
        }
    }

    private CompletableFuture<Void> writeOverHttp(List<MixedWrite> writes, Http http) {
        List<MixedWrite> calls =
                writes.stream().filter(write -> !write.overKafka()).toList();
        return Callers.of(32).begin(calls.size(), number -> {
            MixedWrite write = calls.get(number);
            Http.Reply reply = Persistence.untilCertain(
                    () -> http.patch(write.document(), write.update(), "Idempotency-Key", write.id()));
            switch (reply.status()) {
                case 200, 201 -> answeredAsApplied.add(write.number());
                case 412 -> answeredAsRefused.add(write.number());
                default -> throw new AssertionError(write + ": " + reply);
            }
            answered.incrementAndGet();
        });
    }

    /** Sends each tenth record twice, as a producer without idempotence may. */
    private CompletableFuture<Void> writeOverKafka(List<MixedWrite> writes, Topics topics) {
        List<MixedWrite> records = writes.stream().filter(MixedWrite::overKafka).toList();
        return Callers.of(8).begin(records.size(), number -> {
            topics.send(records.get(number).record());
            if (number % 10 == 0) {
                topics.send(records.get(number).record());
            }
            answered.incrementAndGet();
        });
    }

    private void check(List<MixedWrite> writes, Http http, Topics topics) {
        Set<Integer> overKafka = writes.stream()
                .filter(MixedWrite::overKafka)
                .map(MixedWrite::number)
                .collect(Collectors.toSet());
        Set<Integer> rejected = new HashSet<>();
        try (Changelog changelog = topics.allChanges();
                TopicReader rejections = topics.allRejections()) {
            await().atMost(IN_THE_END).untilAsserted(() -> {
                rejected.addAll(numbers(rejections));
                Set<Integer> decided = appliedIn(changelog);
                decided.addAll(rejected);
                assertThat(decided).containsAll(overKafka).containsAll(answeredAsApplied);
            });

            Map<String, JsonNode> documents = new ConcurrentHashMap<>();
            List<String> names =
                    writes.stream().map(MixedWrite::document).distinct().toList();
            Callers.of(16).call(names.size(), number -> read(http, names.get(number), documents));
            checkDocuments(documents, changelog);
            checkWrites(documents, overKafka, rejected);
        }
    }

    private static void read(Http http, String document, Map<String, JsonNode> documents) {
        Http.Reply reply = http.get(document);
        if (reply.status() == 200) {
            documents.put(document, reply.json());
        }
    }

    private static void checkDocuments(Map<String, JsonNode> documents, Changelog changelog) {
        Map<String, List<Change>> changes =
                changelog.changesOf("mixed/").stream().collect(Collectors.groupingBy(Change::document));
        assertThat(changes.keySet()).as("seed %s", SEED).isEqualTo(documents.keySet());
        documents.forEach((name, document) -> {
            long version = document.get("version").asLong();
            JsonNode data = document.get("data");
            List<Change> history = Objects.requireNonNull(changes.get(name));
            assertThat(history)
                    .as("seed %s: %s", SEED, name)
                    .extracting(Change::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, version).boxed().toList());
            assertThat(history.getLast().after()).as("seed %s: %s", SEED, name).isEqualTo(data);
            assertThat(data.get("n").asLong()).as("seed %s: %s", SEED, name).isEqualTo(version);
            assertThat(data.get("seen").size()).as("seed %s: %s", SEED, name).isEqualTo((int) version);
            assertThat(history)
                    .as("seed %s: %s", SEED, name)
                    .extracting(change -> Integer.valueOf(Objects.requireNonNull(change.id())))
                    .containsExactlyElementsOf(seen(data));
        });
    }

    private void checkWrites(Map<String, JsonNode> documents, Set<Integer> overKafka, Set<Integer> rejected) {
        List<Integer> applied = documents.values().stream()
                .flatMap(document -> seen(document.get("data")).stream())
                .toList();
        assertThat(applied).as("seed %s", SEED).doesNotHaveDuplicates();
        Set<Integer> expected = new HashSet<>(overKafka);
        expected.removeAll(rejected);
        expected.addAll(answeredAsApplied);
        assertThat(new HashSet<>(applied)).as("seed %s", SEED).isEqualTo(expected);
        assertThat(applied).as("seed %s", SEED).doesNotContainAnyElementsOf(answeredAsRefused);
        assertThat(answeredAsRefused).isNotEmpty();
        assertThat(rejected).isNotEmpty();
    }

    private static Set<Integer> appliedIn(Changelog changelog) {
        return changelog.changesOf("mixed/").stream()
                .map(change -> Integer.valueOf(Objects.requireNonNull(change.id())))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static List<Integer> numbers(TopicReader rejections) {
        return rejections.read().stream()
                .map(record ->
                        Integer.valueOf(JSON.readTree(record.value()).get("id").asString()))
                .toList();
    }

    private static List<Integer> seen(JsonNode data) {
        return data.get("seen").valueStream().map(JsonNode::asInt).toList();
    }
}
