package io.tributary.service.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.changelog.Publication.ChangeRecord;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private static final int LANE = 1;
    private static final int OTHER_LANE = 0;
    private static final PublisherSettings SETTINGS =
            new PublisherSettings(Duration.ofSeconds(60), 10_000, 4, Duration.ofMillis(250), Duration.ofMinutes(1));
    private static final Duration A_WHILE = Duration.ofSeconds(2);

    private final Timeline timeline = new Timeline();
    private final InMemoryStore store = new InMemoryStore(2);
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final FakeChangelog changelog = new FakeChangelog(broker, timeline::thread);
    private final Publisher publisher =
            new Publisher(changelog, store.session("publisher"), SETTINGS, timeline.thread(), timeline);
    private final OwnedLane lane = new OwnedLane(LANE, store, publisher, timeline);

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
        publisher.committed(List.of(new Publisher.News(lane.state(), null)));
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

        assertThat(lane.oldestTurn()).isEqualTo(10);
    }

    @Test
    void sweepsAgainWhatItCouldNotSweep() {
        open();
        IntStream.range(0, 10).forEach(n -> commit(1));
        store.failNext(Call.SWEEP, Fault.AWAY);
        timeline.runFor(SETTINGS.keep().plus(A_WHILE));

        assertThat(lane.oldestTurn()).isEqualTo(10);
    }

    @Test
    void sweepsManyTurnsInSeveralSteps() {
        open();
        IntStream.range(0, 2_500).forEach(n -> commit(1));
        timeline.runFor(SETTINGS.keep().plus(A_WHILE.multipliedBy(3)));

        assertThat(lane.oldestTurn()).isEqualTo(2_500);
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

    // Records that the broker refuses

    @Test
    void standsStillWhereTheBrokerRefusesARecordAndGoesOnElsewhere() {
        OwnedLane other = openBoth();
        changelog.refuse(LANE);
        commit(1);
        other.commit(2);
        timeline.runFor(A_WHILE);
        other.commit(1);

        assertThat(published()).isEmpty();
        assertThat(broker.numbers(OTHER_LANE)).isEqualTo(numbers(3));
        assertThat(publisher.standing()).isEqualTo(1);
    }

    @Test
    void triesARefusedRecordAgainAfterALongPause() {
        open();
        changelog.refuse(LANE);
        IntStream.range(0, 10).forEach(n -> commit(1));
        timeline.runFor(SETTINGS.refusedRetry().minus(A_WHILE));
        assertThat(changelog.restarts()).isEqualTo(1);
        changelog.take(LANE);
        timeline.runFor(A_WHILE.multipliedBy(2));

        assertThat(published()).isEqualTo(numbers(10));
        assertThat(publisher.standing()).isZero();
    }

    @Test
    void triesARefusedRecordAgainWhenItsLaneIsTakenOver() {
        open();
        changelog.refuse(LANE);
        commit(1);
        published();
        changelog.take(LANE);
        publisher.close(LANE);
        open();

        assertThat(published()).isEqualTo(numbers(1));
    }

    @Test
    void showsTheLagOfALaneThatStandsStill() {
        open();
        changelog.refuse(LANE);
        commit(1);
        timeline.runFor(Duration.ofMinutes(5));

        assertThat(publisher.lag(LANE)).isGreaterThanOrEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void sweepsNothingThatWasRefused() {
        open();
        commit(1);
        published();
        changelog.refuse(LANE);
        commit(1);
        commit(1);
        timeline.runFor(SETTINGS.keep().multipliedBy(3));

        assertThat(publisher.sweepableTo(LANE)).isEqualTo(1);
    }

    @Test
    void waitsForNoLaneThatStandsStill() {
        open();
        changelog.refuse(LANE);
        commit(1);
        published();
        AtomicBoolean complete = awaitPublished();
        timeline.runFor(A_WHILE);

        assertThat(complete).isTrue();
    }

    private OwnedLane openBoth() {
        OwnedLane other = new OwnedLane(OTHER_LANE, store, publisher, timeline);
        open();
        other.open();
        published();
        return other;
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
        lane.open();
    }

    private void commit(int changes) {
        lane.commit(changes);
    }

    private void commit(List<Publication> publications) {
        lane.commit(publications);
    }

    private void commitForItself(int changes) {
        lane.commitForItself(changes);
    }

    private Publication change(Change.Kind kind, int bytes) {
        return lane.change(kind, bytes);
    }

    private static Publication rejection() {
        return new Publication.Rejection(
                null,
                null,
                List.of(),
                Problem.of(ProblemType.MALFORMED, "no JSON"),
                new Publication.Source("updates", LANE, 7));
    }

    /** The numbers that have arrived after a while. */
    private List<Long> published() {
        timeline.runFor(A_WHILE);
        return broker.numbers(LANE);
    }

    private static List<Long> numbers(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }
}
