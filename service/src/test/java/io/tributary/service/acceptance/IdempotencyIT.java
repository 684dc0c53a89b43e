package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A write with an id is applied once, however often it comes and whatever happens in between. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class IdempotencyIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String KEY = "Idempotency-Key";
    private static final String INCREMENT = "{\"increment\": {\"n\": 1}, \"upsert\": true}";

    private final ServiceProcess service;
    private final Http http;
    private final Topics topics;

    IdempotencyIT(ServiceProcess service) {
        this.service = service;
        http = service.http();
        topics = service.topics();
    }

    @AfterEach
    void close() {
        topics.close();
        http.close();
    }

    @Test
    void aRepetitionGetsTheFirstAnswer() {
        Http.Reply first = http.patch("repeated/one", INCREMENT, KEY, "k1");
        http.patch("repeated/one", INCREMENT);
        Http.Reply again = http.patch("repeated/one", INCREMENT, KEY, "k1");

        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(http.data("repeated/one").get("n").asInt()).isEqualTo(2);
    }

    @Test
    void aRepetitionAfterARestartGetsTheFirstAnswer() {
        Http.Reply first = http.patch("repeated/later", INCREMENT, KEY, "k1");
        service.restart();
        Http.Reply again = http.patch("repeated/later", INCREMENT, KEY, "k1");

        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(again.toString()).isEqualTo(first.toString());
        assertThat(http.data("repeated/later").get("n").asInt()).isEqualTo(1);
    }

    @Test
    void theIdOfAnotherWriteIsRefused() {
        http.patch("repeated/other", INCREMENT, KEY, "k1");
        Http.Reply reply = http.patch("repeated/other", "{\"increment\": {\"n\": 2}, \"upsert\": true}", KEY, "k1");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("id-reuse");
    }

    @Test
    void theSameWriteInAnotherSpellingIsARepetition() {
        http.patch("repeated/spelling", INCREMENT, KEY, "k1");
        Http.Reply reply =
                http.patch("repeated/spelling", "{ \"upsert\" : true, \"increment\" : { \"n\" : 1 } }", KEY, "k1");

        assertThat(reply.header("Idempotency-Replayed")).contains("true");
    }

    @Test
    void theSameIdOnAnotherDocumentIsAnotherWrite() {
        http.patch("repeated/here", INCREMENT, KEY, "k1");
        Http.Reply reply = http.patch("repeated/there", INCREMENT, KEY, "k1");

        assertThat(reply.status()).isEqualTo(201);
    }

    @Test
    void ofManyAtOnceOneIsApplied() {
        Queue<Http.Reply> replies = new ConcurrentLinkedQueue<>();
        Callers.of(32)
                .call(640, number -> replies.add(http.patch("repeated/at-once", INCREMENT, KEY, "k" + number % 20)));

        assertThat(http.data("repeated/at-once").get("n").asInt()).isEqualTo(20);
        assertThat(replies).allMatch(reply -> reply.status() == 200 || reply.status() == 201);
        assertThat(replies.stream()
                        .filter(reply -> reply.header("Idempotency-Replayed").isEmpty()))
                .hasSize(20);
    }

    @Test
    void aRefusalIsRepeatedThoughTheWriteWouldSucceedNow() {
        String ifOpen = "{\"set\": {\"taken\": true}, \"if\": {\"where\": {\"open\": true}}}";
        http.put("repeated/refused", "{\"open\": false}");
        Http.Reply refused = http.patch("repeated/refused", ifOpen, KEY, "k1");
        http.put("repeated/refused", "{\"open\": true}");
        Http.Reply again = http.patch("repeated/refused", ifOpen, KEY, "k1");

        assertThat(refused.problem()).isEqualTo("condition-failed");
        assertThat(again.toString()).isEqualTo(refused.toString());
        assertThat(http.data("repeated/refused").has("taken")).isFalse();
    }

    @Test
    void whatWasNotUnderstoodMayBeSentAnewWithTheSameId() {
        Http.Reply misspelt = http.patch("repeated/misspelt", "{\"incremnt\": {\"n\": 1}}", KEY, "k1");
        Http.Reply mended = http.patch("repeated/misspelt", INCREMENT, KEY, "k1");

        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(mended.status()).isEqualTo(201);
    }

    @Test
    void aRepeatedCreationFindsTheDocumentOfTheFirst() {
        Http.Reply first = http.post("created", "{\"n\": 1}", KEY, "k1");
        Http.Reply again = http.post("created", "{\"n\": 1}", KEY, "k1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(again.status()).isEqualTo(201);
    }

    @Test
    void theIdOfACreationIsRefusedInAnotherCollection() {
        http.post("created", "{\"n\": 1}", KEY, "k2");

        for (int n = 0; n < 20; n++) {
            Http.Reply reply = http.post("created-" + n, "{\"n\": 1}", KEY, "k2");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.problem()).isEqualTo("id-reuse");
        }
    }

    @Test
    void theIdOfACreationIsRefusedWithAnotherBody() {
        http.post("created", "{\"n\": 1}", KEY, "k3");

        assertThat(http.post("created", "{\"n\": 2}", KEY, "k3").problem()).isEqualTo("id-reuse");
    }

    @Test
    void anIdCountsForHttpAndKafkaAlike() {
        try (Changelog changelog = topics.changesFromNow()) {
            http.patch("repeated/both", INCREMENT, KEY, "k1");
            topics.send(update("repeated/both", "{\"id\": \"k1\", \"increment\": {\"n\": 1}, \"upsert\": true}"));
            topics.send(update("repeated/both", INCREMENT, "k1"));
            topics.send(update("repeated/both", INCREMENT, "k2"));
            topics.send(update("repeated/both", INCREMENT, "k2"));
            topics.send(update("repeated/both", "{\"set\": {\"end\": true}}"));
            await().atMost(SOON)
                    .until(() -> changelog.changesOf("repeated/both").stream()
                            .anyMatch(change -> change.after().has("end")));

            assertThat(http.data("repeated/both").get("n").asInt()).isEqualTo(2);
            assertThat(changelog.changesOf("repeated/both"))
                    .extracting(Changelog.Change::id)
                    .containsExactly("k1", "k2", null);
        }
    }

    @Test
    void aRecordWithTheIdOfAnotherWriteIsRejected() {
        try (TopicReader rejections = topics.rejectionsFromNow()) {
            topics.send(update("repeated/rejected", INCREMENT, "k1"));
            topics.send(update("repeated/rejected", "{\"delete\": true}", "k1"));

            List<ConsumerRecord<?, ?>> rejected = new ArrayList<>();
            await().atMost(SOON).until(() -> {
                rejected.addAll(rejections.read());
                return !rejected.isEmpty();
            });
            assertThat(TopicReader.header(rejected.getFirst(), "tributary-problem"))
                    .isEqualTo("id-reuse");
            assertThat(http.data("repeated/rejected").get("n").asInt()).isEqualTo(1);
        }
    }

    private static ProducerRecord<byte[], byte[]> update(String document, String write) {
        return Topics.update(document, write);
    }

    private static ProducerRecord<byte[], byte[]> update(String document, String write, String id) {
        ProducerRecord<byte[], byte[]> record = Topics.update(document, write);
        record.headers().add("tributary-id", Topics.bytes(id));
        return record;
    }
}
