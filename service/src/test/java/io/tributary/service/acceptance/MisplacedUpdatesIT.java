package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Updates in other partitions than Kafka's Java client chooses reach their documents' lanes all the same. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MisplacedUpdatesIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String INCREMENT = "\"increment\": {\"n\": 1}, \"upsert\": true}";

    private final ServiceProcess service;
    private final Http http;
    private final Topics topics;
    private final Changelog changelog;

    MisplacedUpdatesIT(ServiceProcess service) {
        this.service = service;
        http = service.http();
        topics = service.topics();
        changelog = topics.changesFromNow();
    }

    @AfterEach
    void close() {
        changelog.close();
        topics.close();
        http.close();
    }

    @Test
    void areAppliedOnceFromEveryPartition() {
        int partitions = topics.partitions(Topics.UPDATES);
        List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
        for (int document = 0; document < 20; document++) {
            for (int partition = 0; partition < partitions; partition++) {
                sent.add(topics.sendLater(update(partition, "misplaced/" + document, "{" + INCREMENT)));
            }
        }
        sent.forEach(CompletableFuture::join);

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(changelog.changesOf("misplaced/")).hasSizeGreaterThanOrEqualTo(20 * partitions));
        for (int document = 0; document < 20; document++) {
            assertThat(http.data("misplaced/" + document).get("n").asInt()).isEqualTo(partitions);
            assertThat(http.get("misplaced/" + document).json().get("version").asInt())
                    .isEqualTo(partitions);
        }
    }

    @Test
    void areFoundByTheDocumentThatTheyName() {
        topics.send(update(0, null, "{\"document\": \"unkeyed/a\", " + INCREMENT));
        topics.send(Topics.update("unkeyed/other", "{\"document\": \"unkeyed/b\", " + INCREMENT));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(changelog.changesOf("unkeyed/"))
                        .extracting(Changelog.Change::document)
                        .containsExactlyInAnyOrder("unkeyed/a", "unkeyed/b"));
        assertThat(http.get("unkeyed/other").status()).isEqualTo(404);
    }

    @Test
    void areCounted() {
        int partitions = topics.partitions(Topics.UPDATES);
        int before = moved();
        for (int partition = 0; partition < partitions; partition++) {
            topics.send(update(partition, "counted/one", "{" + INCREMENT));
        }

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(changelog.changesOf("counted/one")).hasSize(partitions));
        assertThat(moved() - before).isEqualTo(partitions - 1);
    }

    @Test
    void keepTheIdThatTheyWereSentWith() {
        int partitions = topics.partitions(Topics.UPDATES);
        for (int partition = 0; partition < partitions; partition++) {
            topics.send(update(partition, "identified/one", "{\"id\": \"always-the-same\", " + INCREMENT));
        }
        topics.send(Topics.update("identified/end", "{" + INCREMENT));

        await().atMost(SOON).untilAsserted(() -> assertThat(moved()).isGreaterThanOrEqualTo(partitions - 1));
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(changelog.changesOf("identified/one")).hasSize(1));
        assertThat(changelog.changesOf("identified/one").getFirst().id()).isEqualTo("always-the-same");
    }

    @Test
    void areNotAppliedAgainAfterARestart() {
        for (int partition = 0; partition < topics.partitions(Topics.UPDATES); partition++) {
            topics.send(update(partition, "restarted/one", "{" + INCREMENT));
        }
        service.restart();
        topics.send(Topics.update("restarted/one", "{\"set\": {\"last\": true}}"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(changelog.changesOf("restarted/one"))
                        .extracting(Changelog.Change::version)
                        .hasSize(topics.partitions(Topics.UPDATES) + 1));
        assertThat(http.data("restarted/one").get("n").asInt()).isEqualTo(topics.partitions(Topics.UPDATES));
    }

    private static ProducerRecord<byte[], byte[]> update(int partition, @Nullable String key, String write) {
        return new ProducerRecord<>(
                Topics.UPDATES, partition, key == null ? null : Topics.bytes(key), Topics.bytes(write));
    }

    private int moved() {
        String metrics = http.getPath("/actuator/prometheus").body();
        return Pattern.compile("(?m)^tributary_intake_moved_total(?:\\{.*})? (\\S+)$")
                .matcher(metrics)
                .results()
                .map(MatchResult::group)
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .mapToInt(value -> (int) Double.parseDouble(value))
                .findFirst()
                .orElseThrow();
    }
}
