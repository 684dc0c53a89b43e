package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Changelog.Change;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Mixed writes over HTTP and Kafka whose callers repeat what was not answered, and the proof that each had its effect once. */
final class MixedLoad {

    private static final Duration IN_THE_END = Duration.ofMinutes(3);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final long seed;
    private final List<MixedWrite> writes;
    private final Topics topics;
    private final Set<Integer> answeredAsApplied = ConcurrentHashMap.newKeySet();
    private final Set<Integer> answeredAsRefused = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();

    /** @param seed the same gives the same writes */
    MixedLoad(long seed, int writes, int documents, Topics topics) {
        this.seed = seed;
        this.writes = MixedWrite.some(seed, writes, documents);
        this.topics = topics;
    }

    /** How many writes have their answer, or are the broker's. */
    int answered() {
        return answered.get();
    }

    /** How many were answered over HTTP that they are applied or refused. */
    int acknowledged() {
        return answeredAsApplied.size() + answeredAsRefused.size();
    }

    /**
     * Makes the calls.
     *
     * @param service who is called with a write, given its number
     */
    CompletableFuture<Void> writeOverHttp(int callers, Function<Integer, Http> service) {
        List<MixedWrite> calls =
                writes.stream().filter(write -> !write.overKafka()).toList();
        return Callers.of(callers).begin(calls.size(), number -> {
            MixedWrite write = calls.get(number);
            AtomicInteger attempts = new AtomicInteger(write.number());
            Http.Reply reply = Persistence.untilCertain(() -> service.apply(attempts.getAndIncrement())
                    .patch(write.document(), write.update(), "Idempotency-Key", write.id()));
            switch (reply.status()) {
                case 200, 201 -> answeredAsApplied.add(write.number());
                case 412 -> answeredAsRefused.add(write.number());
                default -> throw new AssertionError(write + ": " + reply);
            }
            answered.incrementAndGet();
        });
    }

    /**
     * Sends the records, each tenth twice, as a producer without idempotence may.
     *
     * @param producers who sends a record, given its number
     */
    CompletableFuture<Void> writeOverKafka(int underWay, Function<Integer, Topics> producers) {
        List<MixedWrite> records = writes.stream().filter(MixedWrite::overKafka).toList();
        return Callers.of(underWay).begin(records.size(), number -> {
            Topics producer = producers.apply(number);
            producer.send(records.get(number).record());
            if (number % 10 == 0) {
                producer.send(records.get(number).record());
            }
            answered.incrementAndGet();
        });
    }

    /** Checks, once all is answered and sent, that every write was applied once or refused once, and published. */
    void check(Http http) {
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

    private void checkDocuments(Map<String, JsonNode> documents, Changelog changelog) {
        Map<String, List<Change>> changes =
                changelog.changesOf("mixed/").stream().collect(Collectors.groupingBy(Change::document));
        assertThat(changes.keySet()).as("seed %s", seed).isEqualTo(documents.keySet());
        documents.forEach((name, document) -> {
            long version = document.get("version").asLong();
            JsonNode data = document.get("data");
            List<Change> history = Objects.requireNonNull(changes.get(name));
            assertThat(history)
                    .as("seed %s: %s", seed, name)
                    .extracting(Change::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, version).boxed().toList());
            assertThat(history.getLast().after()).as("seed %s: %s", seed, name).isEqualTo(data);
            assertThat(data.get("n").asLong()).as("seed %s: %s", seed, name).isEqualTo(version);
            assertThat(data.get("seen").size()).as("seed %s: %s", seed, name).isEqualTo((int) version);
            assertThat(history)
                    .as("seed %s: %s", seed, name)
                    .extracting(change -> Integer.valueOf(Objects.requireNonNull(change.id())))
                    .containsExactlyElementsOf(seen(data));
        });
    }

    private void checkWrites(Map<String, JsonNode> documents, Set<Integer> overKafka, Set<Integer> rejected) {
        List<Integer> applied = documents.values().stream()
                .flatMap(document -> seen(document.get("data")).stream())
                .toList();
        assertThat(applied).as("seed %s", seed).doesNotHaveDuplicates();
        Set<Integer> expected = new HashSet<>(overKafka);
        expected.removeAll(rejected);
        expected.addAll(answeredAsApplied);
        assertThat(new HashSet<>(applied)).as("seed %s", seed).isEqualTo(expected);
        assertThat(applied).as("seed %s", seed).doesNotContainAnyElementsOf(answeredAsRefused);
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
