package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.delete;
import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static io.tributary.service.lane.Drafts.replace;
import static io.tributary.service.lane.Drafts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.Payload;
import io.tributary.service.changelog.Publication;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.Batches;
import io.tributary.service.store.Commit;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneHolder;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.Turn;
import io.tributary.value.MapValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

class LanesTest {

    private static final int LANES = 4;
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final Duration LONGER_THAN_ANY_PAUSE = Duration.ofSeconds(3);
    private static final LaneSettings SETTINGS = new LaneSettings(
            LANES,
            1,
            20,
            1 << 20,
            100,
            1 << 20,
            1 << 20,
            1 << 20,
            new LaneSettings.ChangeContent(false, true),
            Duration.ofMillis(20));

    private final Timeline timeline = new Timeline();
    private final Scheduler wire = timeline.thread(() -> LATENCY);
    private final InMemoryStore store = new InMemoryStore(LANES, this::answer);
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final FakeUpdates updates = new FakeUpdates();
    private final FakeUpdates.Reader reader = updates.reader(timeline.thread());
    private final Instance instance = new Instance(
            "one",
            SETTINGS,
            PublisherSettings.DEFAULT,
            store,
            new FakeChangelog(broker, timeline::thread),
            reader,
            timeline,
            timeline::thread);
    private final Lanes lanes = instance.lanes();
    private final Session other = store.session("other");
    private boolean lookingOn;

    @BeforeEach
    void ownsAllLanesButTheLast() {
        reader.into(lanes);
        Stream.of(0, 1, 2).forEach(reader::assign);
        run();
        assertThat(lanes.open()).isEqualTo(3);
    }

    // Batches

    @Test
    void answersACallerOnlyAfterTheCommit() {
        Asker asker = instance.ask(0, increment("a"));
        AtomicBoolean answered = new AtomicBoolean();

        timeline.runUntil(() -> version("a") == 1, LONGER_THAN_ANY_PAUSE);
        answered.set(!asker.heard().isEmpty());
        run();

        assertThat(answered).isFalse();
        assertThat(asker.heard()).containsExactly("version 1");
    }

    @Test
    void goesOnWithTheVersionsOfATombstoneThatIsRemembered() {
        instance.ask(0, increment("a"));
        instance.ask(0, delete("a"));
        run();
        store.purge(document("a"));

        Asker asker = instance.ask(0, increment("a"));
        run();

        assertThat(asker.heard()).containsExactly("version 3");
        assertThat(instance.failures()).isEmpty();
    }

    @Test
    void gathersABatchWhileAnotherIsBeingCommitted() {
        List<Asker> askers = new ArrayList<>(List.of(instance.ask(0, increment("a"))));
        timeline.settle();
        IntStream.range(0, 10).forEach(n -> askers.add(instance.ask(0, increment("a"))));
        run();

        assertThat(instance.batches()).extracting(Instance.Batch::writes).containsExactly(1, 10);
        assertThat(askers.getLast().heard()).containsExactly("version 11");
    }

    @Test
    void commitsAllLanesOfACommitterInOneStatement() {
        instance.ask(0, increment("a"));
        instance.ask(1, increment("b"));
        instance.ask(2, increment("c"));
        run();

        assertThat(instance.batches()).containsExactly(new Instance.Batch(0, 3, 3, 3));
    }

    @Test
    void writesADocumentOnceForAllWritesOfABatch() {
        instance.ask(0, increment("a"));
        instance.ask(0, increment("a"));
        instance.ask(0, increment("a"));
        run();

        assertThat(instance.batches()).containsExactly(new Instance.Batch(0, 1, 3, 1));
        assertThat(broker.numbers(0)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void leavesWhatABatchHasNoRoomForToTheNext() {
        String large = "x".repeat(SETTINGS.batchBytes() / 2);
        for (int n = 0; n < 5; n++) {
            instance.ask(0, replace("large", large + n));
        }
        run();

        assertThat(instance.batches()).extracting(Instance.Batch::writes).containsExactly(2, 2, 1);
        assertThat(version("large")).isEqualTo(5);
    }

    @Test
    void letsNoLaneStarveBesideOneThatFillsEveryBatch() {
        String large = "x".repeat(SETTINGS.batchBytes());
        for (int n = 0; n < 10; n++) {
            instance.ask(0, replace("large", large + n));
        }
        instance.ask(1, increment("b"));
        instance.ask(2, increment("c"));

        timeline.runUntil(() -> version("b") == 1 && version("c") == 1, LONGER_THAN_ANY_PAUSE);

        assertThat(version("large")).isLessThan(5);
    }

    @Test
    void takesCallersAndRecordsInTurn() {
        instance.ask(0, increment("first"));
        timeline.settle();
        IntStream.range(0, 20).forEach(n -> updates.append(0, submission(increment("record"))));
        timeline.settle();
        instance.ask(0, increment("a"));
        run();

        assertThat(broker.changes(0).subList(1, 3))
                .extracting(arrived -> arrived.change().document())
                .containsExactly(document("a"), document("record"));
    }

    @Test
    void leavesOutCallersWhoGaveUp() {
        Asker asker = instance.ask(0, increment("a"));
        asker.caller().giveUp();
        run();

        assertThat(version("a")).isZero();
    }

    @Test
    void sweepsTurnsThatWerePublishedLongEnoughAgo() {
        for (int n = 0; n < 200; n++) {
            instance.ask(0, increment("a"));
            run(LATENCY.multipliedBy(4));
        }
        timeline.runFor(PublisherSettings.DEFAULT.keep());
        for (int n = 0; n < 5; n++) {
            instance.ask(0, increment("a"));
            run(LATENCY.multipliedBy(4));
        }

        assertThat(state(0).oldestTurn()).isEqualTo(201);
    }

    // Admission

    @Test
    void refusesWhatFindsNoRoom() {
        IntStream.range(0, 20).forEach(n -> instance.ask(0, increment("a")));

        assertThat(offer(0)).isEqualTo(Admission.FULL);
    }

    @Test
    void keepsRoomForRecordsBesideCallers() {
        IntStream.range(0, 20).forEach(n -> instance.ask(0, increment("a")));

        assertThat(lanes.offer(0, state(0).epoch(), Drafts.input(submission(increment("a")), 0, 0)))
                .isEqualTo(Admission.QUEUED);
    }

    @Test
    void refusesWhatFindsNoMemoryThoughItsLaneIsEmpty() {
        lanes.offer(0, new Asker().call(submission(increment("a"), 1 << 20)));

        assertThat(offer(1)).isEqualTo(Admission.FULL);
    }

    @Test
    void readsARecordAgainThatItHadNoMemoryForBecauseOfAnotherLane() {
        instance.ask(0, increment("a"));
        timeline.settle();
        lanes.offer(0, new Asker().call(submission(increment("a"), 1 << 20)));
        updates.append(1, submission(increment("b")));
        timeline.settle();
        assertThat(lanes.waiting(1)).isZero();
        run();

        assertThat(version("b")).isEqualTo(1);
    }

    @Test
    void hasAllItsMemoryAgainWhenNothingWaits() {
        IntStream.range(0, 20).forEach(n -> instance.ask(0, increment("a")));
        store.failNext(Call.COMMIT, Fault.NOT_APPLIED);
        run();

        assertThat(version("a")).isEqualTo(20);
        assertThat(lanes.waitingBytes()).isZero();
    }

    @Test
    void refusesWhatBelongsToAnother() {
        assertThat(offer(3)).isEqualTo(Admission.NOT_HERE);
    }

    /** Whoever is told that the service is ready is not sent away from a lane that it has not come to yet. */
    @Test
    void takesWritesForALaneThatItIsAboutToTakeOver() {
        reader.assign(3);
        timeline.settle();
        assertThat(lanes.isOpen(3)).isFalse();

        Asker asker = instance.ask(3, increment("d"));
        run();

        assertThat(asker.heard()).containsExactly("version 1");
    }

    @Test
    void sendsWritesAwayFromALaneThatItCouldNotTakeOver() {
        store.failNext(Call.TAKE_OVER, Fault.NOT_APPLIED);
        reader.assign(3);
        timeline.settle();

        Asker asker = instance.ask(3, increment("d"));
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(version("d")).isZero();
    }

    @Test
    void refusesEverythingWhileItDrains() {
        lanes.drain();

        assertThat(offer(0)).isEqualTo(Admission.UNAVAILABLE);
    }

    @Test
    void takesNoLaneOverWhileItDrains() {
        lanes.release(List.of(0)).subscribe();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);
        lanes.drain().subscribe();

        lanes.assign(List.of(0));
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(lanes.isOpen(0)).isFalse();
    }

    @Test
    void isDrainedOnceAllThatWaitedIsAnswered() {
        List<Asker> askers = IntStream.range(0, 20)
                .mapToObj(n -> instance.ask(0, increment("a")))
                .toList();
        AtomicBoolean drained = new AtomicBoolean();

        lanes.drain().doOnSuccess(done -> drained.set(true)).subscribe();
        timeline.runUntil(drained::get, LONGER_THAN_ANY_PAUSE);

        assertThat(drained).isTrue();
        assertThat(askers).allSatisfy(asker -> assertThat(asker.heard()).hasSize(1));
    }

    // Faults of the store

    /** Whatever becomes of a call, callers hear the truth, and no write is lost or doubled. */
    @ParameterizedTest
    @MethodSource("faults")
    void tellsTheTruthWhenACallFails(Call call, Fault fault) {
        store.failNext(Call.COMMIT, call == Call.COMMIT ? fault : Fault.REQUEST_LOST);
        if (call != Call.COMMIT) {
            store.failNext(call, fault);
        }
        Asker caller = instance.ask(0, increment("a"));
        updates.append(0, submission(increment("record")));
        Asker neighbour = instance.ask(1, increment("b"));
        timeline.runFor(LATENCY.multipliedBy(2));
        store.carryOutLateOnes();
        run();

        assertTruth(caller, "a");
        assertTruth(neighbour, "b");
        assertThat(version("record")).isEqualTo(1);
        assertThat(state(0).nextOffset()).isEqualTo(1);
    }

    static Stream<Arguments> faults() {
        return Stream.of(Call.LOAD, Call.COMMIT, Call.FENCE, Call.COMMIT_ID, Call.LANES)
                .flatMap(call -> Stream.of(Fault.values()).map(fault -> Arguments.of(call, fault)));
    }

    private void assertTruth(Asker asker, String id) {
        assertThat(asker.heard()).containsExactly(version(id) == 0 ? "unavailable" : "version 1");
        assertThat(version(id)).isLessThanOrEqualTo(1);
    }

    @Test
    void answersWhoWaitsWhenTheStoreGoesAway() {
        store.fail(call -> Fault.AWAY);
        Asker underWay = instance.ask(0, increment("a"));
        timeline.settle();
        Asker waiting = instance.ask(0, increment("a"));
        run();

        assertThat(underWay.heard()).containsExactly("unavailable");
        assertThat(waiting.heard()).containsExactly("unavailable");
    }

    @Test
    void refusesCallersAtOnceWhileTheStoreIsAway() {
        instance.ask(0, increment("a"));
        store.fail(call -> Fault.AWAY);
        run();

        assertThat(lanes.available()).isFalse();
        assertThat(offer(0)).isEqualTo(Admission.UNAVAILABLE);
    }

    @Test
    void appliesRecordsThatCameWhileTheStoreWasAway() {
        store.fail(call -> Fault.AWAY);
        updates.append(0, submission(increment("a")));
        run();
        updates.append(0, submission(increment("a")));
        run();
        store.fail(call -> Fault.NONE);
        run();

        assertThat(version("a")).isEqualTo(2);
        assertThat(lanes.available()).isTrue();
    }

    @Test
    void comesBackAfterAnOutageOfDays() {
        store.fail(call -> Fault.AWAY);
        updates.append(0, submission(increment("a")));
        timeline.runFor(Duration.ofDays(2));
        store.fail(call -> Fault.NONE);
        run();

        assertThat(version("a")).isEqualTo(1);
    }

    @Test
    void pausesBeforeItRepeatsWhatTheStoreCannotDo() {
        store.fail(call -> call == Call.COMMIT ? Fault.AWAY : Fault.NONE);
        updates.append(0, submission(increment("a")));
        timeline.runFor(Duration.ofMinutes(1));

        assertThat(instance.failures()).hasSizeBetween(50, 100);
    }

    @Test
    void findsOutWhatBecameOfALostAnswerBeforeItAnswers() {
        store.failNext(Call.COMMIT, Fault.ANSWER_LOST);
        store.failNext(Call.FENCE, Fault.AWAY);
        Asker asker = instance.ask(0, increment("a"));
        timeline.runFor(LATENCY.multipliedBy(2));
        assertThat(asker.heard()).isEmpty();
        run();

        assertThat(asker.heard()).containsExactly("version 1");
    }

    @Test
    void defeatsAStatementThatWouldBeCarriedOutLater() {
        store.failNext(Call.COMMIT, Fault.LATE);
        Asker asker = instance.ask(0, increment("a"));
        run();
        store.carryOutLateOnes();

        assertThat(version("a")).isEqualTo(1);
        assertThat(asker.heard()).containsExactly("version 1");
    }

    @Test
    void leavesTheOutcomeOpenWhenTheTurnWasSweptMeanwhile() {
        store.failNext(Call.COMMIT, Fault.ANSWER_LOST);
        store.failNext(Call.FENCE, Fault.AWAY);
        Asker asker = instance.ask(0, increment("a"));
        timeline.runUntil(() -> version("a") == 1, LONGER_THAN_ANY_PAUSE);
        LaneState taken = take(0);
        now(other.commit(Batches.of(Batches.next(taken, 0))));
        now(other.sweep(0, 0, 1));
        run();

        assertThat(asker.heard()).containsExactly("outcome-unknown");
    }

    // A lane that another holds or has taken

    @Test
    void waitsForALaneThatAnotherHoldsAndLetsTheOthersGoOn() {
        Asker held;
        try (LaneHolder holder = store.hold(0)) {
            held = instance.ask(0, increment("a"));
            Asker free = instance.ask(1, increment("b"));
            timeline.runFor(LATENCY.multipliedBy(3));
            assertThat(free.heard()).containsExactly("version 1");
            assertThat(held.heard()).isEmpty();
            assertThat(holder.isWaitedFor()).isTrue();
        }
        run();

        assertThat(held.heard()).containsExactly("version 1");
    }

    @Test
    void answersWhatIsCommittedThoughTheStoreGoesAwayBeforeItKnowsOfTheOthers() {
        LaneHolder holder = store.hold(0);
        store.fail(call -> call == Call.LANES ? Fault.AWAY : Fault.NONE);
        instance.ask(0, increment("a"));
        Asker free = instance.ask(1, increment("b"));
        run();

        assertThat(free.heard()).containsExactly("version 1");
        holder.close();
    }

    @Test
    void goesOnFromTheTurnThatAnotherHasMade() {
        Asker asker;
        try (LaneHolder holder = store.hold(0)) {
            asker = instance.ask(0, increment("a"));
            run(LATENCY.multipliedBy(3));
            holder.commitTurn();
        }
        run();

        assertThat(asker.heard()).containsExactly("version 1");
        assertThat(state(0).turn()).isEqualTo(2);
    }

    @Test
    void findsItsCommitBehindTheTurnThatAnotherHasMade() {
        store.failNext(Call.COMMIT_LOCKED, Fault.ANSWER_LOST);
        Asker asker;
        try (LaneHolder holder = store.hold(0)) {
            asker = instance.ask(0, increment("a"));
            run(LATENCY.multipliedBy(3));
            holder.commitTurn();
        }
        run();

        assertThat(asker.heard()).containsExactly("version 1");
        assertThat(version("a")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void answersWhoWaitedForALaneThatWasTakenOverMeanwhile(Fault fault) {
        store.failNext(Call.COMMIT_LOCKED, fault);
        Asker asker;
        try (LaneHolder holder = store.hold(0)) {
            other.takeOver(0, "other").subscribe();
            asker = instance.ask(0, increment("a"));
            run(LATENCY.multipliedBy(3));
            assertThat(holder.isWaitedFor()).isTrue();
        }
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(version("a")).isZero();
    }

    @Test
    void answersThatNothingWasAppliedWhenAnotherHasTakenTheLane() {
        take(0);
        Asker asker = instance.ask(0, increment("a"));
        Asker neighbour = instance.ask(1, increment("b"));
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(version("a")).isZero();
        assertThat(neighbour.heard()).containsExactly("version 1");
    }

    /** Else what the other has left unpublished would wait for the lane's next write. */
    @Test
    void noticesThatAnotherOwnedALaneEvenIfNobodyWritesToIt() {
        LaneState taken = take(0);
        Turn turn = new Turn(0, taken.epoch(), 1, 1, 1, 0, timeline.instant(), Payload.write(List.of(change(1))), 1, 0);
        now(other.commit(Batches.of(turn)));
        timeline.runFor(Duration.ofSeconds(10));

        assertThat(broker.numbers(0)).containsExactly(1L);
    }

    private static Publication change(long sequence) {
        return new Publication.ChangeRecord(
                document("a"), 1, Change.Kind.CREATE, Instant.EPOCH, sequence, null, new byte[0]);
    }

    @Test
    void takesALaneBackThatIsStillAssignedHere() {
        take(0);
        instance.ask(0, increment("a"));
        run();
        Asker again = instance.ask(0, increment("a"));
        run();

        assertThat(again.heard()).containsExactly("version 1");
    }

    @Test
    void givesALaneUpThatWasReleasedMeanwhile() {
        take(0);
        instance.ask(0, increment("a"));
        timeline.runUntil(() -> !lanes.isOpen(0), LONGER_THAN_ANY_PAUSE);
        lanes.release(Set.of(0));
        run();

        assertThat(lanes.isOpen(0)).isFalse();
    }

    @Test
    void appliesRecordsOnceThatALostLaneDropped() {
        take(0);
        updates.append(0, submission(increment("a")));
        updates.append(0, submission(increment("a")));
        run();

        assertThat(version("a")).isEqualTo(2);
        assertThat(state(0).nextOffset()).isEqualTo(2);
    }

    @Test
    void commitsOtherLanesWhileOneCannotBeTakenOver() {
        store.fail(call -> call == Call.TAKE_OVER ? Fault.NOT_APPLIED : Fault.NONE);
        reader.assign(3);
        run();
        Asker asker = instance.ask(0, increment("a"));
        timeline.runFor(LATENCY.multipliedBy(4));
        assertThat(asker.heard()).containsExactly("version 1");

        store.fail(call -> Fault.NONE);
        run();

        assertThat(lanes.isOpen(3)).isTrue();
    }

    @Test
    void completesAReleaseWhenNothingOfTheLaneIsUnderWay() {
        Asker underWay = instance.ask(0, increment("a"));
        timeline.settle();
        Asker waiting = instance.ask(0, increment("a"));
        List<String> whenReleased = new ArrayList<>();
        lanes.release(Set.of(0))
                .doOnSuccess(done -> whenReleased.addAll(underWay.heard()))
                .subscribe();
        run();

        assertThat(whenReleased).containsExactly("version 1");
        assertThat(waiting.heard()).containsExactly("unavailable");
        assertThat(lanes.isOpen(0)).isFalse();
    }

    // Versions and values that the store objects to

    @Test
    void loadsDocumentsAnewWhenTheStoreHasAnotherVersion() {
        instance.ask(0, increment("a"));
        run();
        LaneState foreign = take(3);
        now(other.commit(Batches.of(List.of(Batches.next(foreign, 0)), stranger(3, 1))));
        Asker asker = instance.ask(0, increment("a"));
        Asker neighbour = instance.ask(1, increment("b"));
        run();

        assertThat(asker.heard()).containsExactly("version 3");
        assertThat(neighbour.heard()).containsExactly("version 1");
    }

    @Test
    void refusesTheOneWriteThatTheStoreRefuses() {
        store.refuse(document("bad"));
        List<Asker> neighbours = new ArrayList<>();
        Asker culprit = null;
        for (int n = 0; n < 9; n++) {
            if (n == 4) {
                culprit = instance.ask(0, increment("bad"));
            }
            neighbours.add(instance.ask(n % 2, increment("good" + n)));
        }
        run();

        assertThat(culprit.heard()).containsExactly("bad-value");
        assertThat(neighbours).allSatisfy(asker -> assertThat(asker.heard()).containsExactly("version 1"));
    }

    @Test
    void takesNoneForACulpritAfterItHasFoundOne() {
        store.refuse(document("bad"));
        instance.ask(0, increment("bad"));
        run();
        Asker asker = instance.ask(0, increment("good"));
        run();

        assertThat(asker.heard()).containsExactly("version 1");
    }

    @Test
    void stopsALaneWhoseDocumentsSomethingElseWrites() {
        Stranger stranger = new Stranger();
        store.fail(call -> {
            if (call == Call.LOAD) {
                stranger.write();
            }
            return Fault.NONE;
        });
        Asker asker = instance.ask(0, increment("a"));
        Asker neighbour = instance.ask(1, increment("b"));
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(neighbour.heard()).containsExactly("version 1");
        assertThat(lanes.isOpen(0)).isFalse();
    }

    /** Writes to document {@code a}, past the lane that it belongs to. */
    private final class Stranger {

        private final Session session = store.session("stranger");
        private LaneState lane = take(3);
        private long version;

        void write() {
            Turn turn = Batches.next(lane, 0);
            session.commit(Batches.of(List.of(turn), stranger(3, version++))).subscribe();
            lane = Batches.after(lane, turn);
        }
    }

    private static Commit.Row stranger(int lane, long previous) {
        var lifetime = new DocumentState.Lifetime(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null, null);
        return Commit.Row.of(
                lane, previous, false, new DocumentState(document("a"), previous + 1, MapValue.EMPTY, lifetime));
    }

    private void answer(Runnable answer) {
        if (lookingOn) {
            answer.run();
        } else {
            wire.schedule(answer);
        }
    }

    /** What the store holds, without time passing. */
    private <T> T now(Mono<T> statement) {
        lookingOn = true;
        try {
            return statement.block();
        } finally {
            lookingOn = false;
        }
    }

    private LaneState take(int lane) {
        return now(other.takeOver(lane, "other"));
    }

    private LaneState state(int lane) {
        return now(other.lanes(Set.of(lane))).get(lane);
    }

    private Admission offer(int lane) {
        return lanes.offer(lane, new Asker().call(submission(increment("a"))));
    }

    private void run() {
        run(LONGER_THAN_ANY_PAUSE);
    }

    private void run(Duration duration) {
        timeline.runFor(duration);
    }

    private long version(String id) {
        return now(store.document(document(id))).version();
    }
}
