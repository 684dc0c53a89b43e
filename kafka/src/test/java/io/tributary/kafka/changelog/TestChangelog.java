package io.tributary.kafka.changelog;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.change.Change;
import io.tributary.json.ChangeJson;
import io.tributary.kafka.TestKafka;
import io.tributary.name.DocumentName;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A changelog that a test writes as the service would. */
public final class TestChangelog {

    private final TestKafka kafka;
    private final String topic;

    public TestChangelog(TestKafka kafka, int lanes) {
        this.kafka = kafka;
        this.topic = kafka.topic(lanes);
    }

    public String topic() {
        return topic;
    }

    /** Publishes the changes of these sequences; the versions of the lane's one document are the same numbers. */
    public void publish(int lane, long... sequences) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (long sequence : sequences) {
                producer.send(record(lane, sequence, ChangeJson.write(change(lane, sequence))));
            }
        }
    }

    /** Publishes a record with any value, null for a tombstone. */
    public void publish(int lane, long sequence, byte @Nullable [] value) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            producer.send(record(lane, sequence, value));
        }
    }

    private ProducerRecord<byte[], byte[]> record(int lane, long sequence, byte @Nullable [] value) {
        byte[] key = ("products/p" + lane).getBytes(UTF_8);
        List<Header> headers =
                List.of(header(ChangelogHeaders.LANE, lane), header(ChangelogHeaders.SEQUENCE, sequence));
        return new ProducerRecord<>(topic, lane, null, key, value, headers);
    }

    private static Change change(int lane, long sequence) {
        return new Change(
                DocumentName.of("products/p" + lane),
                sequence,
                sequence == 1 ? Change.Kind.CREATE : Change.Kind.UPDATE,
                Instant.EPOCH.plusSeconds(sequence),
                sequence,
                MapValue.of(Map.of("stock", new IntegerValue(sequence))),
                null,
                List.of("stock"),
                List.of(),
                null,
                new Change.Origin(null, null, null, true));
    }

    private static Header header(String name, long number) {
        return new RecordHeader(name, Long.toString(number).getBytes(UTF_8));
    }
}
