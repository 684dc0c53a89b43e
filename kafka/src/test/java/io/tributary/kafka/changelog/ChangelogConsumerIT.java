package io.tributary.kafka.changelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.kafka.TestKafka;
import io.tributary.kafka.changelog.ChangelogConsumer.Beginning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ChangelogConsumerIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestKafka kafka = TestKafka.shared();
    private final TestChangelog changelog = new TestChangelog(kafka, 2);
    private final ChangelogConsumer consumer =
            ChangelogConsumer.of(kafka.client(), changelog.topic()).withTopic(changelog.topic());

    @Test
    void givesOutTheChangesOfALaneInOrder() {
        changelog.publish(0, 1, 2, 3);

        StepVerifier.create(sequences()).expectNext(1L, 2L, 3L).thenCancel().verify(SOON);
    }

    @Test
    void leavesOutWhatIsPublishedAgain() {
        changelog.publish(0, 1, 2, 3, 2, 3, 4, 1, 5);

        StepVerifier.create(sequences())
                .expectNext(1L, 2L, 3L, 4L, 5L)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void countsTombstonesAndLeavesThemOut() {
        changelog.publish(0, 1);
        changelog.publish(0, 2, (byte[]) null);
        changelog.publish(0, 3);

        StepVerifier.create(sequences()).expectNext(1L, 3L).thenCancel().verify(SOON);
    }

    @Test
    void countsKindsThatItDoesNotKnowAndLeavesThemOut() {
        changelog.publish(0, 1);
        changelog.publish(0, 2, "{\"format\":1,\"kind\":\"merge\",\"document\":\"a/b\"}".getBytes(UTF_8));
        changelog.publish(0, 3);

        StepVerifier.create(sequences()).expectNext(1L, 3L).thenCancel().verify(SOON);
    }

    @Test
    void leavesOutRecordsOfOthers() {
        kafka.produce(changelog.topic(), 0, "somebody else's");
        changelog.publish(0, 1);

        StepVerifier.create(sequences()).expectNext(1L).thenCancel().verify(SOON);
    }

    @Test
    void endsAtAGap() {
        changelog.publish(0, 1, 2, 4);

        StepVerifier.create(sequences())
                .expectNext(1L, 2L)
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(ChangelogGapException.class)
                        .hasMessage("Lane 0 of the changelog goes on at 4 instead of 3"))
                .verify(SOON);
    }

    @Test
    void goesOnAcrossAGapThatItHasTold() {
        changelog.publish(0, 1, 4);
        List<Long> missing = new ArrayList<>();

        StepVerifier.create(sequences(consumer.withGapsToldTo(gap -> missing.add(gap.expected()))))
                .expectNext(1L, 4L)
                .thenCancel()
                .verify(SOON);

        assertThat(missing).containsExactly(2L);
    }

    @Test
    void noticesWhatRetentionTookBehindItsBack() {
        changelog.publish(0, 1, 2, 3, 4, 5);
        acknowledge(2);
        kafka.deleteRecords(changelog.topic(), 0, 4);

        StepVerifier.create(sequences())
                .expectError(ChangelogGapException.class)
                .verify(SOON);
    }

    @Test
    void beginsWithWhatRetentionLeft() {
        changelog.publish(0, 1, 2, 3, 4, 5);
        kafka.deleteRecords(changelog.topic(), 0, 3);

        StepVerifier.create(sequences()).expectNext(4L, 5L).thenCancel().verify(SOON);
    }

    @Test
    void errsWithARecordThatIsNoChange() {
        changelog.publish(0, 1, "{}".getBytes(UTF_8));

        StepVerifier.create(sequences()).expectError(ProblemException.class).verify(SOON);
    }

    @Test
    void givesOutNoMoreThanIsRequested() {
        changelog.publish(0, LongStream.rangeClosed(1, 1_000).toArray());

        StepVerifier.create(sequences(), 0)
                .expectSubscription()
                .thenRequest(2)
                .expectNext(1L, 2L)
                .thenRequest(1)
                .expectNext(3L)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(997)
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void goesOnBehindWhatWasAcknowledged() {
        changelog.publish(0, 1, 2, 3, 4);
        acknowledge(2);

        StepVerifier.create(sequences()).expectNext(3L, 4L).thenCancel().verify(SOON);
    }

    @Test
    void givesOutAgainWhatWasNotAcknowledged() {
        changelog.publish(0, 1, 2);
        StepVerifier.create(sequences()).expectNext(1L, 2L).thenCancel().verify(SOON);

        StepVerifier.create(sequences()).expectNext(1L, 2L).thenCancel().verify(SOON);
    }

    @Test
    void doesNotPassOverAChangeThatWasNotAcknowledged() {
        changelog.publish(0, 1, 2, 3);
        consumer.records()
                .take(3)
                .filter(record -> record.change().sequence() != 2)
                .doOnNext(ChangelogRecord::acknowledge)
                .blockLast(SOON);

        StepVerifier.create(sequences()).expectNext(2L, 3L).thenCancel().verify(SOON);
    }

    @Test
    void remembersAcrossARestartWhatItHasSeen() {
        changelog.publish(0, 1, 2, 3);
        acknowledge(3);
        changelog.publish(0, 2, 3, 4);

        StepVerifier.create(sequences()).expectNext(4L).thenCancel().verify(SOON);
    }

    @Test
    void aNewGroupMayBeginNow() {
        changelog.publish(0, 1, 2);
        List<Long> seen = new CopyOnWriteArrayList<>();
        Disposable reading = sequences(consumer.withBeginning(Beginning.NOW)).subscribe(seen::add);
        await().until(this::offsetsOfTheGroup, offsets -> offsets.size() == 2);

        changelog.publish(0, 3);

        await().untilAsserted(() -> assertThat(seen).containsExactly(3L));
        reading.dispose();
    }

    @Test
    void givesOutEachChangeOnceHoweverOftenItIsRestarted() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        publishWithRepetitions(random, 0);
        publishWithRepetitions(random, 1);
        Map<Integer, List<Long>> seen = new TreeMap<>(Map.of(0, new ArrayList<>(), 1, new ArrayList<>()));

        for (int left = 200; left > 0; ) {
            int some = Math.min(left, 1 + random.nextInt(60));
            consumer.records()
                    .take(some)
                    .doOnNext(record ->
                            seen.get(record.lane()).add(record.change().sequence()))
                    .doOnNext(ChangelogRecord::acknowledge)
                    .blockLast(SOON);
            left -= some;
        }

        List<Long> all = LongStream.rangeClosed(1, 100).boxed().toList();
        assertThat(seen).as("seed %d", seed).isEqualTo(Map.of(0, all, 1, all));
    }

    @Test
    void processesAgainWhatFailed() {
        changelog.publish(0, 1, 2, 3);
        List<Long> processed = new ArrayList<>();

        Mono<Void> processing = consumer.processed(change -> {
            processed.add(change.sequence());
            return processed.size() == 2 ? Mono.error(new IllegalStateException("once")) : Mono.empty();
        });

        StepVerifier.create(processing
                        .retry(1)
                        .takeUntilOther(Flux.interval(Duration.ofMillis(20)).filter(tick -> processed.size() == 4)))
                .expectComplete()
                .verify(SOON);
        assertThat(processed).containsExactly(1L, 2L, 2L, 3L);
    }

    private void publishWithRepetitions(Random random, int lane) {
        long[] published = IntStream.rangeClosed(1, 100)
                .boxed()
                .flatMapToLong(sequence -> {
                    int again = random.nextInt(4) == 0 ? random.nextInt(sequence) : 0;
                    return LongStream.rangeClosed(sequence - again, sequence);
                })
                .toArray();
        changelog.publish(lane, published);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsetsOfTheGroup() {
        return TestKafka.await(
                kafka.admin().listConsumerGroupOffsets(changelog.topic()).partitionsToOffsetAndMetadata());
    }

    private void acknowledge(int count) {
        consumer.records().take(count).doOnNext(ChangelogRecord::acknowledge).blockLast(SOON);
    }

    private Flux<Long> sequences() {
        return sequences(consumer);
    }

    private static Flux<Long> sequences(ChangelogConsumer consumer) {
        return consumer.records().map(ChangelogRecord::change).map(Change::sequence);
    }
}
