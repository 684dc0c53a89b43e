package io.tributary.kafka.changelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangelogTailIT {

    private static final int LANE = 1;

    private final TestKafka kafka = TestKafka.shared();
    private final String topic = kafka.topic(2);
    private final ChangelogTail tail = new ChangelogTail(kafka.client(), topic, Duration.ofSeconds(10));

    @AfterEach
    void close() {
        tail.close();
    }

    @Test
    void anEmptyLaneHasNone() {
        assertThat(lastSequence()).isEmpty();
    }

    @Test
    void isTheNumberOfTheLastRecord() {
        produce(1, 2, 3);

        assertThat(lastSequence()).hasValue(3);
    }

    @Test
    void isNotThatOfAnOlderRecordThatWasRepeatedLast() {
        produce(1, 2, 3, 2);

        assertThat(lastSequence()).hasValue(3);
    }

    @Test
    void isFoundBehindTheMarkersOfTransactions() {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(LANE, 1));
            producer.commitTransaction();
        }

        // The coordinator writes the markers, which make the record readable, after it has answered the producer.
        await().untilAsserted(() -> assertThat(lastSequence()).hasValue(1));
    }

    @Test
    void isNotThatOfAnAbortedRecord() {
        produce(1);
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(LANE, 2));
            producer.flush();
            producer.abortTransaction();
        }

        assertThat(lastSequence()).hasValue(1);
    }

    @Test
    void isFoundBehindManyRecordsOfOthers() {
        produce(1, 2);
        kafka.produce(
                topic, LANE, LongStream.range(0, 1_000).mapToObj(Long::toString).toArray(String[]::new));

        assertThat(lastSequence()).hasValue(2);
    }

    @Test
    void leavesOutRecordsOfOtherLanes() {
        produce(1);
        send(record(LANE + 1, 9));

        assertThat(lastSequence()).hasValue(1);
    }

    @Test
    void aLaneThatRetentionEmptiedHasNone() {
        produce(1, 2, 3);
        kafka.deleteRecords(topic, LANE, 3);

        assertThat(lastSequence()).isEmpty();
    }

    @Test
    void isFoundThoughRetentionTookWhatWasBefore() {
        produce(LongStream.rangeClosed(1, 100).toArray());
        kafka.deleteRecords(topic, LANE, 90);

        assertThat(lastSequence()).hasValue(100);
    }

    @Test
    void failsInTimeWhenTheTopicIsNotThere() {
        try (ChangelogTail lost = new ChangelogTail(kafka.client(), "no-such-topic", Duration.ofSeconds(1))) {
            CompletionStage<OptionalLong> found = lost.lastSequence(0);

            assertThat(found)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .withCauseInstanceOf(TimeoutException.class);
        }
    }

    private OptionalLong lastSequence() {
        return tail.lastSequence(LANE)
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
    }

    private void produce(long... sequences) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            for (long sequence : sequences) {
                producer.send(record(LANE, sequence));
            }
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of())) {
            producer.send(record);
        }
    }

    private ProducerRecord<byte[], byte[]> record(int lane, long sequence) {
        List<Header> headers =
                List.of(header(ChangelogHeaders.LANE, lane), header(ChangelogHeaders.SEQUENCE, sequence));
        return new ProducerRecord<>(topic, LANE, null, null, new byte[0], headers);
    }

    private static Header header(String name, long number) {
        return new RecordHeader(name, Long.toString(number).getBytes(UTF_8));
    }
}
