package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be applied leaves the updates topic for that of rejections, and holds nothing up. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RejectionsIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String DOCUMENT = "queue/behind-bad-records";

    private final Http http;
    private final Topics topics;
    private final TopicReader rejections;

    RejectionsIT(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
        rejections = topics.rejectionsFromNow();
    }

    @BeforeEach
    void createTheDocument() {
        http.put(DOCUMENT, "{\"n\": 0, \"text\": \"\"}");
    }

    @AfterEach
    void close() {
        rejections.close();
        topics.close();
        http.close();
    }

    /** A record that is refused, and how. */
    record Bad(
            String what,
            String key,
            byte @Nullable [] value,
            String problem,
            int status,
            @Nullable String pointer) {

        Bad(String what, String key, String value, String problem, int status, @Nullable String pointer) {
            this(what, key, Topics.bytes(value), problem, status, pointer);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Bad> badRecords() {
        return Stream.of(
                new Bad(
                        "a faulty expression",
                        DOCUMENT,
                        "{\"compute\": {\"n\": \"doc.n +\"}}",
                        "bad-value",
                        400,
                        "/compute/n"),
                new Bad("garbage", DOCUMENT, "{\"increment\": ", "malformed", 400, null),
                new Bad("no UTF-8", DOCUMENT, new byte[] {'"', (byte) 0xff, '"'}, "malformed", 400, null),
                new Bad("no value", DOCUMENT, (byte[]) null, "malformed", 400, null),
                new Bad("an unknown member", DOCUMENT, "{\"stock\": 5}", "unknown-member", 400, "/stock"),
                new Bad("an invalid field path", DOCUMENT, "{\"set\": {\"a..b\": 1}}", "bad-path", 400, "/set/a..b"),
                new Bad(
                        "an invalid document",
                        DOCUMENT,
                        "{\"document\": \"queue//x\", \"delete\": true}",
                        "bad-path",
                        400,
                        "/document"),
                new Bad("a key that names no document", "queue", "{\"delete\": true}", "bad-path", 400, null),
                new Bad("two megabytes", DOCUMENT, setText(2_000_000), "document-too-large", 422, null),
                new Bad("more than a request may have", DOCUMENT, setText(11_000_000), "request-too-large", 413, null),
                new Bad("a wrong type", DOCUMENT, "{\"increment\": {\"text\": 1}}", "type-mismatch", 422, null),
                new Bad(
                        "a condition that fails",
                        DOCUMENT,
                        "{\"set\": {\"n\": 7}, \"if\": {\"version\": 99999}}",
                        "condition-failed",
                        412,
                        null));
    }

    private static String setText(int length) {
        return "{\"set\": {\"text\": \"" + "x".repeat(length) + "\"}}";
    }

    @ParameterizedTest
    @MethodSource("badRecords")
    void areSetAsideAndWhatIsBehindThemIsApplied(Bad bad) {
        RecordMetadata good = topics.send(Topics.update(DOCUMENT, "{\"increment\": {\"n\": 1}}"));
        var record = new ProducerRecord<>(Topics.UPDATES, good.partition(), Topics.bytes(bad.key()), bad.value());
        record.headers().add("origin", Topics.bytes("shop"));
        RecordMetadata sent = topics.send(record);
        topics.send(Topics.update(DOCUMENT, "{\"increment\": {\"n\": 1}}"));

        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(http.data(DOCUMENT).get("n").asInt()).isEqualTo(2));
        ConsumerRecord<@Nullable String, byte @Nullable []> rejected = onlyRejection();
        assertThat(rejected.key()).isEqualTo(bad.key());
        assertThat(TopicReader.header(rejected, "tributary-problem")).isEqualTo(bad.problem());
        assertThat(TopicReader.header(rejected, "tributary-status")).isEqualTo(Integer.toString(bad.status()));
        assertThat(TopicReader.header(rejected, "tributary-detail")).isNotBlank();
        assertThat(TopicReader.header(rejected, "tributary-source"))
                .isEqualTo("tributary.updates/" + sent.partition() + "/" + sent.offset());
        if (bad.pointer() != null) {
            assertThat(TopicReader.header(rejected, "tributary-pointer")).isEqualTo(bad.pointer());
        }
        assertThat(rejected.value()).as("the original").isEqualTo(bad.value());
        assertThat(TopicReader.header(rejected, "origin")).isEqualTo("shop");
    }

    @Test
    void areSetAsideWithoutTheirValueWhenOnlyCompressionMadeThemFit() {
        topics.send(Topics.update(DOCUMENT, setText(30_000_000)));
        topics.send(Topics.update(DOCUMENT, "{\"increment\": {\"n\": 1}}"));

        ConsumerRecord<@Nullable String, byte @Nullable []> rejected = onlyRejection();
        assertThat(rejected.key()).isEqualTo(DOCUMENT);
        assertThat(rejected.value()).isNull();
        assertThat(TopicReader.header(rejected, "tributary-problem")).isEqualTo("request-too-large");
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(http.data(DOCUMENT).get("n").asInt()).isEqualTo(1));
    }

    @Test
    void areNotHeldUpByAHeaderThatIsTooLargeToPassOn() {
        try (Changelog changelog = topics.changesFromNow()) {
            ProducerRecord<byte[], byte[]> traced = Topics.update(DOCUMENT, "{\"increment\": {\"n\": 1}}");
            traced.headers().add("traceparent", Topics.bytes("x".repeat(12_000_000)));
            topics.send(traced);

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(changelog.changesOf(DOCUMENT))
                            .anyMatch(change -> change.after().get("n").asInt() == 1));
        }
    }

    private ConsumerRecord<@Nullable String, byte @Nullable []> onlyRejection() {
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> read = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            read.addAll(rejections.read());
            return !read.isEmpty();
        });
        assertThat(read).hasSize(1);
        return read.getFirst();
    }
}
