package io.tributary.service.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication.ChangeRecord;
import io.tributary.service.store.Batches;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final int LANE = 1;
    private static final PublisherSettings SETTINGS =
            new PublisherSettings(Duration.ofSeconds(60), 10_000, 4, Duration.ofMillis(250));
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final Timeline timeline = new Timeline();
    private final InMemoryStore store = new InMemoryStore(2);
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final FakeChangelog changelog = new FakeChangelog(broker, timeline::thread);
    private final Publisher publisher =
            new Publisher(changelog, store.session("publisher"), SETTINGS, timeline.thread(), timeline);
    private final Session owner = store.session("owner");
    private LaneState lane = owner.takeOver(LANE, "owner").block();

    // In order

    @Test
    void publishesTurnsInTheirOrder() {
        open();
        commit(1);
        commit(2);
        commit(1);

        assertThat(published()).isEqualTo(numbers(4));
    }

    @Test
    void numbersADeleteAndItsTombstone() {
        open();
        commit(List.of(change(Change.Kind.DELETE, 10)));
        commit(1);

        assertThat(published()).isEqualTo(numbers(3));
    }

    @Test
    void startsWithTheTurnsThatAreLeftInTheStore() {
        IntStream.range(0, 10).forEach(n -> commitForItself(1));
        open();
        commit(1);

        assertThat(published()).isEqualTo(numbers(11));
    }

    @Test
    void readsATurnFromTheStoreThatAnotherHasMade() {
        open();
        commitForItself(1);
        publisher.committed(lane, null);
        commit(1);

        assertThat(published()).isEqualTo(numbers(2));
    }

    @Test
    void passesTurnsThatLeaveNothingToBePublished() {
        IntStream.range(0, 10).forEach(n -> commitForItself(0));
        open();
        commit(0);
        commit(1);

        assertThat(published()).isEqualTo(numbers(1));
        assertThat(publisher.lag(LANE)).isZero();
    }

    @Test
    void publishesRejectionsAmongTheChanges() {
        open();
        commit(List.of(rejection()));

        published();
        assertThat(broker.rejections()).hasSize(1);
    }

    @Test
    void leavesWhatComesAfterALaneWasClosedToItsNextOwner() {
        open();
        publisher.close(LANE);
        commit(1);

        assertThat(published()).isEmpty();
    }

    // The end of the changelog

    @Test
    void skipsWhatTheChangelogHasAlready() {
        open();
        commit(2);
        published();
        publisher.close(LANE);
        commitForItself(1);
        open();

        assertThat(published()).isEqualTo(numbers(3));
    }

    @Test
    void stopsWhenTheChangelogIsAheadOfTheDatabase() {
        broker.changes(LANE).add(new FakeChangelog.Arrived(9, (ChangeRecord) change(Change.Kind.UPDATE, 10)));
        open();
        commit(1);

        assertThat(published()).containsExactly(9L);
    }

    @Test
    void showsTheLagOfALaneThatIsStopped() {
        stopsWhenTheChangelogIsAheadOfTheDatabase();
        timeline.runFor(Duration.ofMinutes(5));

        assertThat(publisher.lag(LANE)).isGreaterThan(Duration.ofMinutes(5));
    }

    @Test
    void looksForTheEndAgainUntilTheBrokerAnswers() {
        changelog.goAway();
        open();
        commit(1);
        published();
        changelog.comeBack();

        assertThat(published()).isEqualTo(numbers(1));
    }

    // Memory

    @Test
    void readsFromTheStoreWhatMemoryHasNoRoomFor() {
        open();
        published();
        changelog.goAway();
        IntStream.range(0, 30).forEach(n -> commit(List.of(change(Change.Kind.UPDATE, 1_000))));
        published();
        assertThat(changelog.underWay()).isLessThan(10);
        changelog.comeBack();

        assertThat(published()).isEqualTo(numbers(30));
    }

    @Test
    void publishesATurnThatIsLargerThanItsMemory() {
        open();
        IntStream.range(0, 3).forEach(n -> commit(List.of(change(Change.Kind.UPDATE, 50_000))));

        assertThat(published()).isEqualTo(numbers(3));
    }

    @Test
    void countsTurnsThatLeaveNothingToBePublishedToo() {
        open();
        published();
        changelog.goAway();
        IntStream.range(0, 1_000).forEach(n -> commit(0));
        commit(1);
        changelog.comeBack();

        assertThat(published()).isEqualTo(numbers(1));
    }

    @Test
    void readsAgainWhenTheStoreDidNotAnswer() {
        commitForItself(1);
        store.failNext(Call.TURNS, Fault.AWAY);
        open();

        assertThat(published()).isEqualTo(numbers(1));
    }

    // Acknowledgements and sweeping

    @Test
    void keepsAcknowledgedTurnsForAWhile() {
        open();
        commit(1);
        commit(1);
        timeline.runFor(SETTINGS.keep().minus(A_WHILE));
        assertThat(publisher.sweepableTo(LANE)).isLessThan(1);
        timeline.runFor(A_WHILE.multipliedBy(2));

        assertThat(publisher.sweepableTo(LANE)).isEqualTo(2);
    }

    @Test
    void letsNothingGoBehindATurnThatIsNotAcknowledged() {
        open();
        commit(1);
        published();
        changelog.goAway();
        commit(1);
        commit(0);
        timeline.runFor(SETTINGS.keep().multipliedBy(2));

        assertThat(publisher.sweepableTo(LANE)).isEqualTo(1);
    }

    @Test
    void sweepsALaneThatNobodyCommitsTo() {
        open();
        IntStream.range(0, 10).forEach(n -> commit(1));
        timeline.runFor(SETTINGS.keep().plus(A_WHILE));

        assertThat(oldestTurn()).isEqualTo(10);
    }

    @Test
    void sweepsAgainWhatItCouldNotSweep() {
        open();
        IntStream.range(0, 10).forEach(n -> commit(1));
        store.failNext(Call.SWEEP, Fault.AWAY);
        timeline.runFor(SETTINGS.keep().plus(A_WHILE));

        assertThat(oldestTurn()).isEqualTo(10);
    }

    @Test
    void sweepsManyTurnsInSeveralSteps() {
        open();
        IntStream.range(0, 2_500).forEach(n -> commit(1));
        timeline.runFor(SETTINGS.keep().plus(A_WHILE.multipliedBy(3)));

        assertThat(oldestTurn()).isEqualTo(2_500);
    }

    @Test
    void showsTheAgeOfTheOldestChangeThatIsNotAcknowledged() {
        open();
        published();
        changelog.goAway();
        commit(1);
        timeline.runFor(Duration.ofMinutes(3));

        assertThat(publisher.lag(LANE)).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(4));
    }

    // Failures of the producer

    @Test
    void sendsAgainWithANewProducerWhatWasNotAcknowledged() {
        open();
        published();
        changelog.goAway();
        commit(1);
        commit(1);
        timeline.settle();
        changelog.fail();
        changelog.comeBack();

        assertThat(published()).isEqualTo(numbers(2));
        assertThat(changelog.restarts()).isEqualTo(1);
    }

    @Test
    void sendsNothingAgainThatArrivedUnheard() {
        open();
        published();
        changelog.goAway();
        commit(1);
        commit(1);
        timeline.settle();
        changelog.fail(underWay -> 1);
        changelog.comeBack();

        assertThat(published()).isEqualTo(numbers(2));
    }

    @Test
    void publishesALaneThatIsOpenedWhileTheProducerIsReplaced() {
        open();
        commit(1);
        published();
        changelog.fail();
        commit(1);
        timeline.settle();
        publisher.close(LANE);
        open();

        assertThat(published()).isEqualTo(numbers(2));
    }

    @Test
    void pausesBeforeItReplacesAProducerThatFailsAlways() {
        open();
        commit(1);
        timeline.settle();
        for (int n = 0; n < 100; n++) {
            changelog.fail();
            timeline.runFor(SETTINGS.retry().dividedBy(10));
            commit(1);
        }

        assertThat(changelog.restarts()).isBetween(1, 11);
    }

    // The end

    @Test
    void completesWhenEverythingIsPublished() {
        open();
        published();
        changelog.goAway();
        commit(1);
        AtomicBoolean complete = awaitPublished();
        timeline.runFor(A_WHILE);
        assertThat(complete).isFalse();
        changelog.comeBack();
        timeline.runFor(A_WHILE);

        assertThat(complete).isTrue();
    }

    @Test
    void waitsForNoLaneThatIsStopped() {
        stopsWhenTheChangelogIsAheadOfTheDatabase();
        AtomicBoolean complete = awaitPublished();
        timeline.runFor(A_WHILE);

        assertThat(complete).isTrue();
    }

    private AtomicBoolean awaitPublished() {
        AtomicBoolean complete = new AtomicBoolean();
        publisher.published().doOnSuccess(done -> complete.set(true)).subscribe();
        return complete;
    }

    private void open() {
        lane = owner.takeOver(LANE, "owner").block();
        publisher.open(lane);
    }

    /** Commits a turn with that many changes and tells the publisher. */
    private void commit(int changes) {
        commit(changes(changes));
    }

    private void commit(List<Publication> publications) {
        commitForItself(publications);
        publisher.committed(lane, publications);
    }

    private void commitForItself(int changes) {
        commitForItself(changes(changes));
    }

    private void commitForItself(List<Publication> publications) {
        long last = publications.stream()
                .filter(ChangeRecord.class::isInstance)
                .mapToLong(change -> ((ChangeRecord) change).lastSequence())
                .max()
                .orElse(lane.sequence());
        Turn turn = new Turn(
                LANE,
                lane.epoch(),
                lane.turn() + 1,
                last,
                (int) (last - lane.sequence()),
                0,
                later(lane.committedAt(), timeline.instant()),
                Payload.write(publications),
                1,
                0);
        owner.commit(Batches.of(turn)).block();
        lane = Batches.after(lane, turn);
    }

    private static Instant later(Instant last, Instant now) {
        return last.isBefore(now) ? now : last.plusNanos(1_000);
    }

    private List<Publication> changes(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(n -> change(lane.sequence() + n, Change.Kind.UPDATE, 10))
                .toList();
    }

    private Publication change(Change.Kind kind, int bytes) {
        return change(lane.sequence() + 1, kind, bytes);
    }

    private Publication change(long sequence, Change.Kind kind, int bytes) {
        return new ChangeRecord(
                DocumentName.of("products/a"), 1, kind, timeline.instant(), sequence, null, new byte[bytes]);
    }

    private static Publication rejection() {
        return new Publication.Rejection(
                null, null, Problem.of(ProblemType.MALFORMED, "no JSON"), new Publication.Source("updates", LANE, 7));
    }

    /** The numbers that have arrived after a while. */
    private List<Long> published() {
        timeline.runFor(A_WHILE);
        return broker.numbers(LANE);
    }

    private static List<Long> numbers(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private long oldestTurn() {
        return owner.lanes(Set.of(LANE)).block().get(LANE).oldestTurn();
    }
}
