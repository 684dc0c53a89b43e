package io.tributary.service.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.kafka.topics.TopicNames;
import io.tributary.name.DocumentName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PublishedRecordsTest {

    private static final int LANE = 5;
    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    private final PublishedRecords records = new PublishedRecords(TopicNames.defaults(), null);

    @Test
    void carriesTheHeadersOfACloudEvent() {
        assertThat(headers(published(change(Change.Kind.CREATE)).getFirst()))
                .containsAllEntriesOf(Map.of(
                        "content-type", "application/json",
                        "ce_specversion", "1.0",
                        "ce_id", "default/products/p42@7",
                        "ce_source", "/tributary/default",
                        "ce_type", "io.tributary.document.created",
                        "ce_subject", "products/p42",
                        "ce_time", "2026-11-21T08:00:00.000000Z",
                        "ce_sequence", "00000000000000001042",
                        "ce_partitionkey", "products/p42"));
    }

    @Test
    void numbersEveryRecordInItsLane() {
        assertThat(headers(published(change(Change.Kind.UPDATE)).getFirst()))
                .containsEntry("tributary-lane", "5")
                .containsEntry("tributary-sequence", "1042");
    }

    @Test
    void liesInThePartitionOfItsLane() {
        assertThat(published(change(Change.Kind.UPDATE)))
                .extracting(ProducerRecord::partition)
                .containsExactly(LANE);
    }

    @Test
    void putsANumberedTombstoneBehindADelete() {
        ProducerRecord<byte[], byte[]> tombstone =
                published(change(Change.Kind.DELETE)).get(1);

        assertThat(tombstone.value()).isNull();
        assertThat(headers(tombstone)).containsEntry("tributary-sequence", "1043");
    }

    @Test
    void passesTheTraceOn() {
        assertThat(headers(published(change(Change.Kind.UPDATE)).getFirst()))
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void takesTheConfiguredSource() {
        var configured = new PublishedRecords(TopicNames.defaults(), "urn:shop");

        assertThat(headers(configured
                        .changes(LANE, List.of(change(Change.Kind.UPDATE)))
                        .getFirst()))
                .containsEntry("ce_source", "urn:shop");
    }

    @Test
    void saysWhyARecordWasRejectedAndWhereItLay() {
        assertThat(headers(rejected(List.of())))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "tributary-problem", "bad-path",
                        "tributary-status", "400",
                        "tributary-detail", "no name",
                        "tributary-pointer", "/document",
                        "tributary-source", "tributary.updates/3/99"));
    }

    @Test
    void repeatsTheHeadersOfARejectedRecordUnlessTheyAreItsOwn() {
        ProducerRecord<byte[], byte[]> record = rejected(List.of(
                new Publication.Header("origin", bytes("shop")),
                new Publication.Header("tributary-status", bytes("200")),
                new Publication.Header("tributary-id", bytes("order-17"))));

        assertThat(record.headers().headers("tributary-status")).hasSize(1);
        assertThat(headers(record))
                .containsEntry("origin", "shop")
                .containsEntry("tributary-id", "order-17")
                .containsEntry("tributary-status", "400");
    }

    private ProducerRecord<byte[], byte[]> rejected(List<Publication.Header> headers) {
        return records.rejections(List.of(new Publication.Rejection(
                        bytes("key"),
                        bytes("value"),
                        headers,
                        Problem.of(ProblemType.BAD_PATH, "no name").withPointer("/document"),
                        new Publication.Source("tributary.updates", 3, 99))))
                .getFirst();
    }

    private List<ProducerRecord<byte[], byte[]>> published(Publication publication) {
        return records.changes(LANE, List.of(publication));
    }

    private static Publication.ChangeRecord change(Change.Kind kind) {
        return new Publication.ChangeRecord(
                DocumentName.of("products/p42"),
                7,
                kind,
                TIME,
                1_042,
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                bytes("{}"));
    }

    private static Map<String, String> headers(ProducerRecord<?, ?> record) {
        Map<String, String> headers = new TreeMap<>();
        record.headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        return headers;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
