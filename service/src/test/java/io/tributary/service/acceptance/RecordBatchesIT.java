package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Atomic batches that are records of the updates topic. */
@ExtendWith(SharedService.class)
class RecordBatchesIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int DOCUMENTS = 20;

    private final String collection = "batched-" + UUID.randomUUID();
    private final Http http;
    private final Topics topics;
    private final Changelog changelog;
    private final TopicReader rejections;

    RecordBatchesIT(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
        changelog = topics.changesFromNow();
        rejections = topics.rejectionsFromNow();
    }

    @AfterEach
    void close() {
        rejections.close();
        changelog.close();
        topics.close();
        http.close();
    }

    @Test
    void changeDocumentsOfAllLanesTogether() {
        topics.send(batch("together", incrementsOfAll()));

        List<Changelog.Change> changes = changes(DOCUMENTS);
        assertThat(changes)
                .extracting(change -> change.json().at("/batch/id").asString())
                .containsOnly("together");
        assertThat(changes)
                .extracting(change -> change.json().get("time").asString())
                .hasSameElementsAs(List.of(changes.getFirst().json().get("time").asString()));
    }

    @Test
    void keepTheirPlaceAmongTheRecordsOfTheirPartition() {
        topics.send(Topics.update(document(0), "{\"increment\": {\"n\": 1}, \"upsert\": true}"));
        topics.send(batch(null, "{\"document\": \"" + document(0) + "\", \"multiply\": {\"n\": 10}}"));
        topics.send(Topics.update(document(0), "{\"increment\": {\"n\": 1}}"));
        topics.send(batch(null, "{\"document\": \"" + document(0) + "\", \"multiply\": {\"n\": 10}}"));

        changes(4);
        assertThat(http.data(document(0)).get("n").asInt()).isEqualTo(110);
    }

    @Test
    void areAppliedOnceWithTheSameId() {
        topics.send(batch("once", incrementsOfAll()));
        topics.send(batch("once", incrementsOfAll()));
        topics.send(Topics.update(document(0), "{\"set\": {\"last\": true}}"));

        changes(DOCUMENTS + 1);
        assertThat(http.data(document(0)).get("n").asInt()).isEqualTo(1);
    }

    @Test
    void areAppliedFromEveryPartition() {
        int partitions = topics.partitions(Topics.UPDATES);
        byte[] value = batch(null, incrementsOfAll()).value();
        IntStream.range(0, partitions)
                .forEach(partition -> topics.send(new ProducerRecord<>(Topics.UPDATES, partition, null, value)));

        changes(partitions * DOCUMENTS);
        assertThat(http.data(document(0)).get("n").asInt()).isEqualTo(partitions);
    }

    @Test
    void areSetAsideWholeWhenAWriteIsRefused() {
        String refused = "{\"document\": \"" + collection + "/missing\", \"increment\": {\"n\": 1}}";
        RecordMetadata sent = topics.send(batch(null, incrementsOfAll() + "," + refused));
        topics.send(Topics.update(document(0), "{\"create\": {}}"));

        changes(1);
        ConsumerRecord<@Nullable String, byte @Nullable []> rejection = first(rejections);
        assertThat(TopicReader.header(rejection, "tributary-problem")).isEqualTo("not-found");
        assertThat(TopicReader.header(rejection, "tributary-index")).isEqualTo(Integer.toString(DOCUMENTS));
        assertThat(TopicReader.header(rejection, "tributary-source"))
                .isEqualTo("tributary.updates/" + sent.partition() + "/" + sent.offset());
    }

    @Test
    void areAnsweredWhereTheyAskForIt() {
        String topic = "tributary.replies." + collection;
        try (TopicReader replies = topics.replies(topic)) {
            ProducerRecord<byte[], byte[]> record = batch("asked", incrementsOfAll());
            record.headers().add("tributary-reply-to", Topics.bytes(topic));
            topics.send(record);

            ConsumerRecord<@Nullable String, byte @Nullable []> reply = first(replies);
            assertThat(TopicReader.header(reply, "tributary-status")).isEqualTo("200");
            assertThat(TopicReader.header(reply, "tributary-id")).isEqualTo("asked");
            assertThat(reply.value()).asString(StandardCharsets.UTF_8).contains("\"results\":[{");
        }
    }

    private String document(int number) {
        return collection + "/" + number;
    }

    private String incrementsOfAll() {
        return IntStream.range(0, DOCUMENTS)
                .mapToObj(number ->
                        "{\"document\": \"" + document(number) + "\", \"increment\": {\"n\": 1}, \"upsert\": true}")
                .collect(Collectors.joining(","));
    }

    private ProducerRecord<byte[], byte[]> batch(@Nullable String id, String writes) {
        return Topics.update(
                document(0), "{" + (id == null ? "" : "\"id\": \"" + id + "\", ") + "\"writes\": [" + writes + "]}");
    }

    private List<Changelog.Change> changes(int expected) {
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(changelog.changesOf(collection + "/")).hasSize(expected));
        return changelog.changesOf(collection + "/");
    }

    private static ConsumerRecord<@Nullable String, byte @Nullable []> first(TopicReader reader) {
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> read = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            read.addAll(reader.read());
            return !read.isEmpty();
        });
        return read.getFirst();
    }
}
