package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.TestKafka;
import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartitionIntakeIT {

    private final TestKafka kafka = TestKafka.shared();
    private final CollectingListener listener = new CollectingListener();
    private final String topic = kafka.topic(2);
    private final PartitionIntake intake = PartitionIntake.start(everything(), listener);

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void offersTheRecordsOfAPartitionInOrder() {
        kafka.produce(topic, 0, numbered(1_000));

        intake.resumeFrom(0, 0);

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly(numbered(1_000)));
    }

    @Test
    void offersNothingOfAPartitionThatWaitsForItsPosition() {
        kafka.produce(topic, 0, "a");
        kafka.produce(topic, 1, "b");

        intake.resumeFrom(1, 0);

        await().untilAsserted(() -> assertThat(listener.texts(1)).containsExactly("b"));
        assertThat(listener.texts(0)).isEmpty();
        assertThat(intake.paused()).containsExactly(0);
    }

    @Test
    void beginsWhereItIsToldAndNotWhereTheGroupIs() {
        kafka.produce(topic, 0, numbered(10));
        TestKafka.await(kafka.admin()
                .alterConsumerGroupOffsets(topic, Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(8)))
                .all());

        intake.resumeFrom(0, 3);

        await().untilAsserted(() -> assertThat(listener.offsets(0)).containsExactly(3L, 4L, 5L, 6L, 7L, 8L, 9L));
    }

    @Test
    void offersTheRestAgainAfterAWake() {
        kafka.produce(topic, 0, numbered(10));
        listener.appetite = records -> 4;
        intake.resumeFrom(0, 0);
        await().untilAsserted(() -> assertThat(listener.texts(0)).hasSize(4));
        listener.appetite = List::size;

        intake.wake(0);

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly(numbered(10)));
    }

    @Test
    void hearsAWakeThatComesWhileTheListenerRefuses() {
        kafka.produce(topic, 0, numbered(10));
        listener.appetite = records -> {
            intake.wake(0);
            return 1;
        };

        intake.resumeFrom(0, 0);

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly(numbered(10)));
    }

    @Test
    void losesAndRepeatsNothingHoweverMuchIsAccepted() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        kafka.produce(topic, 0, numbered(3_000));
        kafka.produce(topic, 1, numbered(3_000));
        listener.appetite = records -> random.nextInt(records.size() + 1);

        intake.resumeFrom(0, 0);
        intake.resumeFrom(1, 0);

        await().pollInterval(Duration.ofMillis(2)).untilAsserted(() -> {
            intake.wake(0);
            intake.wake(1);
            assertThat(listener.texts(0).size() + listener.texts(1).size())
                    .as("seed %d", seed)
                    .isEqualTo(6_000);
        });
        assertThat(listener.offsets(0)).isEqualTo(offsets(3_000));
        assertThat(listener.offsets(1)).isEqualTo(offsets(3_000));
    }

    @Test
    void anotherPartitionFlowsWhileOneIsRefused() {
        kafka.produce(topic, 0, "a");
        kafka.produce(topic, 1, "b");
        listener.appetite = records -> records.get(0).partition();

        intake.resumeFrom(0, 0);
        intake.resumeFrom(1, 0);

        await().untilAsserted(() -> assertThat(listener.texts(1)).containsExactly("b"));
        await().untilAsserted(() -> assertThat(intake.paused()).containsExactly(0));
    }

    @Test
    void offersNothingWhileAllIsPaused() {
        intake.resumeFrom(0, 0);
        await().untilAsserted(() -> assertThat(intake.paused()).containsExactly(1));
        intake.pauseAll();
        await().untilAsserted(() -> assertThat(intake.paused()).containsExactlyInAnyOrder(0, 1));
        kafka.produce(topic, 0, "a");
        assertThat(listener.texts(0)).isEmpty();

        intake.resumeAll();

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly("a"));
    }

    @Test
    void offersAfterAPauseWhatCameInBeforeIt() {
        kafka.produce(topic, 0, numbered(10));
        listener.appetite = records -> {
            intake.pauseAll();
            return 3;
        };
        intake.resumeFrom(0, 0);
        await().untilAsserted(() -> assertThat(listener.texts(0)).hasSize(3));
        listener.appetite = List::size;

        intake.resumeAll();
        intake.wake(0);

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly(numbered(10)));
    }

    @Test
    void readsAgainFromAnotherPositionAfterASuspension() {
        kafka.produce(topic, 0, numbered(5));
        intake.resumeFrom(0, 0);
        await().untilAsserted(() -> assertThat(listener.offsets(0)).hasSize(5));

        intake.suspend(0);
        intake.resumeFrom(0, 2);

        await().untilAsserted(() -> assertThat(listener.offsets(0)).containsExactly(0L, 1L, 2L, 3L, 4L, 2L, 3L, 4L));
    }

    @Test
    void readsFromAnotherPositionThoughItsRecordsWereRefused() {
        kafka.produce(topic, 0, numbered(5));
        listener.appetite = records -> 0;
        intake.resumeFrom(0, 0);
        await().until(() -> listener.offers.get() > 0);
        listener.appetite = List::size;

        intake.resumeFrom(0, 3);

        await().untilAsserted(() -> assertThat(listener.offsets(0)).containsExactly(3L, 4L));
    }

    @Test
    void tellsWhatRetentionTookAndGoesOn() {
        kafka.produce(topic, 0, numbered(10));
        kafka.deleteRecords(topic, 0, 6);

        intake.resumeFrom(0, 2);

        await().untilAsserted(() -> assertThat(listener.offsets(0)).containsExactly(6L, 7L, 8L, 9L));
        assertThat(listener.events).containsExactly("missed 2 to 6");
    }

    @Test
    void tellsThatTheLogEndsBeforeItsPositionAndWaits() {
        kafka.produce(topic, 0, numbered(5));

        intake.resumeFrom(0, 100);

        await().untilAsserted(() -> assertThat(listener.events).containsExactly("truncated 100 to 5"));
        await().untilAsserted(() -> assertThat(intake.paused()).contains(0));
    }

    @Test
    void goesOnAfterATruncationWhenItIsToldWhere() {
        kafka.produce(topic, 0, numbered(5));
        intake.resumeFrom(0, 100);
        await().untilAsserted(() -> assertThat(listener.events).isNotEmpty());

        intake.resumeFrom(0, 4);

        await().untilAsserted(() -> assertThat(listener.offsets(0)).containsExactly(4L));
    }

    @Test
    void leavesOutWhatWasAborted() {
        try (KafkaProducer<byte[], byte[]> producer = kafka.producer(Map.of("transactional.id", topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, 0, null, "aborted".getBytes()));
            producer.flush();
            producer.abortTransaction();
        }
        kafka.produce(topic, 0, "committed");

        intake.resumeFrom(0, 0);

        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly("committed"));
    }

    @Test
    void showsInTheGroupHowFarItIs() {
        intake.show(0, new OffsetAndMetadata(7, "so far"));

        intake.close();

        Map<TopicPartition, OffsetAndMetadata> group =
                TestKafka.await(kafka.admin().listConsumerGroupOffsets(topic).partitionsToOffsetAndMetadata());
        assertThat(group).containsEntry(new TopicPartition(topic, 0), new OffsetAndMetadata(7, "so far"));
    }

    @Test
    void readsWhatTheGroupShows() {
        TestKafka.await(kafka.admin()
                .alterConsumerGroupOffsets(
                        topic, Map.of(new TopicPartition(topic, 1), new OffsetAndMetadata(8, "so far")))
                .all());

        assertThat(intake.shown(1))
                .succeedsWithin(Duration.ofSeconds(10))
                .satisfies(shown -> assertThat(shown).contains(new OffsetAndMetadata(8, "so far")));
    }

    @Test
    void closesThoughTheListenerNeverFinishes() {
        listener.settled = new CompletableFuture<>();
        IntakeSettings hasty =
                new IntakeSettings(kafka.client(), topic, topic, new Ownership.Everything(2), Duration.ofMillis(50));
        PartitionIntake other = PartitionIntake.start(hasty, listener);

        other.close();

        assertThat(other.assigned()).isEmpty();
        listener.settled.toCompletableFuture().complete(null);
    }

    @Test
    void endsWhenTheListenerThrows() {
        kafka.produce(topic, 0, "a");
        listener.appetite = records -> {
            throw new IllegalStateException("bug");
        };

        intake.resumeFrom(0, 0);

        await().untilAsserted(() -> assertThat(listener.events).containsExactly("failed bug"));
        await().untilAsserted(() -> assertThat(listener.assigned).isEmpty());
    }

    private IntakeSettings everything() {
        return new IntakeSettings(kafka.client(), topic, topic, new Ownership.Everything(2));
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }

    private static List<Long> offsets(int count) {
        return LongStream.range(0, count).boxed().toList();
    }
}
