package io.tributary.service.store;

import static io.tributary.service.store.Batches.after;
import static io.tributary.service.store.Batches.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.store.StoreException.Kind;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

/** What every store does: fences, writes all or nothing, and gives back what it was given. */
public interface StoreContract {

    /** How many lanes the store of a test has. */
    int LANES = 4;

    Duration LONGEST = Duration.ofSeconds(20);

    /** An empty store with {@link #LANES} lanes that nobody has taken over. */
    Store store();

    /** Locks a lane of the store, as somebody elsewhere. */
    LaneHolder hold(int lane);

    // The commit

    @Test
    default void writesAllLanesOfACommit() {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        LaneState two = session.takeOver(2, "a").block(LONGEST);
        Turn first = next(one, 3);
        Turn second = next(two, 0);

        Receipt receipt = commit(session, Batches.of(List.of(first, second), row(1, 0, document("p1", 1))));

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1, 2), Set.of(1, 2)));
        assertThat(session.lanes(Set.of(1, 2)).block(LONGEST))
                .isEqualTo(Map.of(1, after(one, first), 2, after(two, second)));
        assertThat(read("p1")).isEqualTo(document("p1", 1));
    }

    @Test
    default void leavesOutALaneWhoseTurnHasMoved() {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        LaneState two = session.takeOver(2, "a").block(LONGEST);
        commit(session, Batches.of(next(one, 1)));

        Receipt receipt = commit(
                session,
                Batches.of(
                        List.of(next(one, 1), next(two, 1)),
                        row(1, 0, document("p1", 1)),
                        row(2, 0, document("p2", 1))));

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1, 2), Set.of(2)));
        assertThat(read("p1").exists()).isFalse();
        assertThat(read("p2").exists()).isTrue();
    }

    @Test
    default void leavesOutALaneThatAnotherHasTakenOver() {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        LaneState two = session.takeOver(2, "a").block(LONGEST);
        store().session("b").takeOver(1, "b").block(LONGEST);

        Receipt receipt =
                commit(session, Batches.of(List.of(next(one, 1), next(two, 1)), row(1, 0, document("p1", 1))));

        assertThat(receipt).isEqualTo(new Receipt(Set.of(2), Set.of(2)));
        assertThat(read("p1").exists()).isFalse();
    }

    @Test
    default void skipsALaneThatIsLocked() {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        LaneState two = session.takeOver(2, "a").block(LONGEST);

        try (LaneHolder holder = hold(1)) {
            Receipt receipt =
                    commit(session, Batches.of(List.of(next(one, 1), next(two, 1)), row(1, 0, document("p1", 1))));

            assertThat(receipt).isEqualTo(new Receipt(Set.of(2), Set.of(2)));
            assertThat(holder.isWaitedFor()).isFalse();
        }
        assertThat(read("p1").exists()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("backwards")
    default void leavesOutALaneThatRunsBackwards(String what, UnaryOperator<Turn> change) {
        Session session = store().session("a");
        LaneState start = session.takeOver(1, "a").block(LONGEST);
        Turn first =
                new Turn(1, start.epoch(), 1, 2, 2, 10, start.committedAt().plusSeconds(1), Batches.payload(1), 1, 0);
        commit(session, Batches.of(first));

        Receipt receipt = commit(session, Batches.of(change.apply(next(after(start, first), 1))));

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1), Set.of()));
    }

    static List<Arguments> backwards() {
        return List.of(
                backwards("offset", turn -> changed(turn, turn.sequence(), 9, turn.at())),
                backwards("sequence", turn -> changed(turn, turn.sequence() - 1, turn.nextOffset(), turn.at())),
                backwards("gap in sequence", turn -> changed(turn, turn.sequence() + 1, turn.nextOffset(), turn.at())),
                backwards(
                        "same time",
                        turn -> changed(
                                turn,
                                turn.sequence(),
                                turn.nextOffset(),
                                turn.at().minusNanos(1_000))),
                backwards(
                        "gap in turns",
                        turn -> new Turn(
                                turn.lane(),
                                turn.epoch(),
                                turn.turn() + 1,
                                turn.sequence(),
                                turn.records(),
                                turn.nextOffset(),
                                turn.at(),
                                turn.payload(),
                                1,
                                0)));
    }

    private static Arguments backwards(String what, UnaryOperator<Turn> change) {
        return Arguments.of(what, change);
    }

    private static Turn changed(Turn turn, long sequence, long nextOffset, Instant at) {
        return new Turn(
                turn.lane(),
                turn.epoch(),
                turn.turn(),
                sequence,
                turn.records(),
                nextOffset,
                at,
                turn.payload(),
                turn.sweepFrom(),
                turn.sweepTo());
    }

    @Test
    default void takesOnlyOneOfTwoCommitsOfTheSameTurn() {
        LaneState state = store().session("a").takeOver(1, "a").block(LONGEST);

        Receipt first = commit(store().session("b"), Batches.of(next(state, 1)));
        Receipt second = commit(store().session("c"), Batches.of(next(state, 1)));

        assertThat(first.taken()).containsExactly(1);
        assertThat(second.taken()).isEmpty();
    }

    @Test
    default void goesOnWithoutItsCaller() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        session.commit(Batches.of(next(state, 1))).subscribe().dispose();

        Awaitility.await()
                .untilAsserted(() -> assertThat(store().session("b")
                                .lanes(Set.of(1))
                                .block(LONGEST)
                                .get(1)
                                .turn())
                        .isEqualTo(1));
    }

    // Versions

    @Test
    default void storesTheLastOfSeveralVersionsOfOneBatch() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 7));

        commit(session, Batches.of(List.of(next(state, 3)), row(1, 7, document("p1", 10))));

        assertThat(read("p1")).isEqualTo(document("p1", 10));
    }

    @Test
    default void writesNothingAtAllWhenOneVersionIsAnother() {
        Session session = store().session("a");
        LaneState one = stored(session, document("p1", 7));
        LaneState two = session.takeOver(2, "a").block(LONGEST);

        Kind kind = failure(session.commit(Batches.of(
                List.of(next(one, 1), next(two, 1)), row(1, 6, document("p1", 8)), row(2, 0, document("p2", 1)))));

        assertThat(kind).isEqualTo(Kind.WRONG_VERSION);
        assertThat(session.lanes(Set.of(1, 2)).block(LONGEST)).isEqualTo(Map.of(1, one, 2, two));
        assertThat(read("p1")).isEqualTo(document("p1", 7));
        assertThat(read("p2").exists()).isFalse();
    }

    @Test
    default void refusesToCreateWhatExists() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 1));

        Kind kind = failure(session.commit(Batches.of(List.of(next(state, 1)), row(1, 0, document("p1", 1)))));

        assertThat(kind).isEqualTo(Kind.WRONG_VERSION);
        assertThat(session.lanes(Set.of(1)).block(LONGEST)).containsEntry(1, state);
    }

    @Test
    default void goesOnWithTheVersionsOfATombstoneThatIsGone() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        commit(session, Batches.of(List.of(next(state, 1)), Commit.Row.of(1, 7, true, document("p1", 8))));

        assertThat(read("p1")).isEqualTo(document("p1", 8));
    }

    @Test
    default void goesOnWithTheVersionsOfATombstoneThatIsThere() {
        Session session = store().session("a");
        LaneState state = stored(
                session,
                new DocumentState(name("p1"), 7, null, document("p1", 7).lifetime()));

        commit(session, Batches.of(List.of(next(state, 1)), Commit.Row.of(1, 7, true, document("p1", 8))));

        assertThat(read("p1")).isEqualTo(document("p1", 8));
    }

    @Test
    default void refusesATombstoneOfAnotherVersion() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 8));

        Kind kind = failure(
                session.commit(Batches.of(List.of(next(state, 1)), Commit.Row.of(1, 7, true, document("p1", 8)))));

        assertThat(kind).isEqualTo(Kind.WRONG_VERSION);
    }

    @Test
    default void refusesToUpdateWhatIsNotThere() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        Kind kind = failure(session.commit(Batches.of(List.of(next(state, 1)), row(1, 7, document("p1", 8)))));

        assertThat(kind).isEqualTo(Kind.WRONG_VERSION);
        assertThat(read("p1")).isEqualTo(DocumentState.missing(name("p1")));
    }

    @Test
    default void commitsAgainAfterARefusal() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        failure(session.commit(Batches.of(List.of(next(state, 1)), row(1, 7, document("p1", 8)))));

        assertThat(commit(session, Batches.of(next(state, 1))).taken()).containsExactly(1);
    }

    @Test
    default void keepsTheVersionOfADeletedDocument() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 1));
        DocumentState deleted =
                new DocumentState(name("p1"), 2, null, document("p1", 2).lifetime());

        commit(session, Batches.of(List.of(next(state, 2)), row(1, 1, deleted)));

        assertThat(read("p1")).isEqualTo(deleted);
    }

    @Test
    default void createsADeletedDocumentAnew() {
        Session session = store().session("a");
        LaneState state = stored(
                session,
                new DocumentState(name("p1"), 2, null, document("p1", 2).lifetime()));

        commit(session, Batches.of(List.of(next(state, 1)), row(1, 2, document("p1", 3))));

        assertThat(read("p1")).isEqualTo(document("p1", 3));
    }

    @Test
    default void givesTheOutcomesThatAreRemembered() {
        Session session = store().session("a");
        IdempotencyKey known = IdempotencyKey.ofDocument(1, name("p1"), "known");
        remembered(session, stored(session, document("p1", 3)), known);

        assertThat(store().outcomes(List.of(known, IdempotencyKey.ofDocument(1, name("p1"), "unknown")))
                        .block(LONGEST))
                .containsOnlyKeys(known);
    }

    @Test
    default void tellsWhoseTheLanesAre() {
        LaneState state = store().session("a").takeOver(1, "a").block(LONGEST);

        assertThat(store().lanes().block(LONGEST))
                .contains(new OwnedLane("a", state))
                .extracting(lane -> lane.state().lane())
                .isSorted();
    }

    // Under locks

    @Test
    default void plansOnWhatWasCommittedWhileItWaited() throws Exception {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        CompletableFuture<Receipt> receipt;

        try (LaneHolder holder = hold(1)) {
            receipt = commitLocked(
                    session, state, locked -> Batches.of(next(locked.lanes().get(1), 1)));
            awaitWaiting(holder);
            holder.commitTurn();
        }

        assertThat(get(receipt)).isEqualTo(new Receipt(Set.of(1), Set.of(1)));
        assertThat(session.lanes(Set.of(1)).block(LONGEST).get(1).turn()).isEqualTo(2);
    }

    @Test
    default void plansOnTheDocumentsAndOutcomesOfTheMoment() throws Exception {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 3));
        IdempotencyKey known = IdempotencyKey.ofDocument(1, name("p1"), "known");
        state = remembered(session, state, known);
        AtomicReference<Locked> seen = new AtomicReference<>();

        get(session.commitLocked(
                        Map.of(1, state.epoch()),
                        List.of(name("p1"), name("p2")),
                        List.of(known, IdempotencyKey.ofDocument(1, name("p1"), "unknown")),
                        locked -> {
                            seen.set(locked);
                            return Batches.of();
                        })
                .toFuture());

        assertThat(seen.get().lanes()).isEqualTo(Map.of(1, state));
        assertThat(seen.get().loaded().documents()).isEqualTo(Map.of(name("p1"), document("p1", 3)));
        assertThat(seen.get().loaded().outcomes()).containsOnlyKeys(known);
    }

    @Test
    default void plansWithoutALaneThatAnotherHasTakenOver() throws Exception {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        store().session("b").takeOver(1, "b").block(LONGEST);
        AtomicReference<Locked> seen = new AtomicReference<>();

        Receipt receipt = get(commitLocked(session, state, locked -> {
            seen.set(locked);
            return Batches.of();
        }));

        assertThat(seen.get().lanes()).isEmpty();
        assertThat(receipt).isEqualTo(new Receipt(Set.of(), Set.of()));
    }

    @Test
    default void plansWithoutALaneThatIsTakenOverWhileItWaits() throws Exception {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        AtomicReference<Locked> seen = new AtomicReference<>();
        CompletableFuture<LaneState> takenOver;
        CompletableFuture<Receipt> receipt;

        try (LaneHolder holder = hold(1)) {
            takenOver = store().session("b").takeOver(1, "b").toFuture();
            awaitWaiting(holder);
            receipt = commitLocked(session, one, locked -> {
                seen.set(locked);
                return Batches.of(locked.lanes().values().stream()
                        .map(state -> next(state, 1))
                        .toArray(Turn[]::new));
            });
        }

        long turns = seen(get(receipt), seen);
        assertThat(get(takenOver).turn())
                .as("the successor sees what was committed")
                .isEqualTo(turns);
    }

    private static long seen(Receipt receipt, AtomicReference<Locked> locked) {
        assertThat(receipt.taken()).isEqualTo(locked.get().lanes().keySet());
        return receipt.taken().size();
    }

    @Test
    default void writesNoLaneOfAPlanOfWhichOneTurnHasMoved() throws Exception {
        Session session = store().session("a");
        LaneState one = session.takeOver(1, "a").block(LONGEST);
        LaneState two = session.takeOver(2, "a").block(LONGEST);
        commit(session, Batches.of(next(one, 1)));

        Receipt receipt = get(session.commitLocked(
                        Map.of(1, one.epoch(), 2, two.epoch()),
                        List.of(),
                        List.of(),
                        locked -> Batches.of(List.of(next(one, 1), next(two, 1)), row(2, 0, document("p2", 1))))
                .toFuture());

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1, 2), Set.of()));
        assertThat(session.lanes(Set.of(2)).block(LONGEST)).containsEntry(2, two);
        assertThat(read("p2").exists()).isFalse();
    }

    @Test
    default void writesALaneWhoeverOwnsItWhereThatIsAskedFor() throws Exception {
        Session session = store().session("a");
        LaneState own = session.takeOver(1, "a").block(LONGEST);
        LaneState others = store().session("b").takeOver(2, "b").block(LONGEST);

        Receipt receipt = get(session.commitLocked(
                        Map.of(1, own.epoch(), 2, Session.ANY_EPOCH),
                        List.of(),
                        List.of(),
                        locked -> Batches.of(
                                next(locked.lanes().get(1), 1),
                                next(locked.lanes().get(2), 1)))
                .toFuture());

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1, 2), Set.of(1, 2)));
        assertThat(session.lanes(Set.of(2)).block(LONGEST).get(2).epoch()).isEqualTo(others.epoch());
    }

    @Test
    default void freesTheLanesOfAnEmptyPlan() throws Exception {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        Receipt receipt = get(commitLocked(session, state, locked -> Batches.of()));

        assertThat(receipt).isEqualTo(new Receipt(Set.of(1), Set.of()));
        assertThat(commit(store().session("b"), Batches.of(next(state, 1))).taken())
                .containsExactly(1);
    }

    @Test
    default void freesTheLanesOfAPlanThatFails() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> get(commitLocked(session, state, locked -> {
                    throw new ArithmeticException("a bug");
                })))
                .withRootCauseInstanceOf(ArithmeticException.class);
        assertThat(commit(store().session("b"), Batches.of(next(state, 1))).taken())
                .containsExactly(1);
        assertThat(commit(session, Batches.of(next(state, 1))).taken()).isEmpty();
    }

    @Test
    default void writesNothingOfAPlanWhoseVersionsAreOthers() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        Kind kind = failure(session.commitLocked(
                Map.of(1, state.epoch()),
                List.of(),
                List.of(),
                locked -> Batches.of(List.of(next(state, 1)), row(1, 7, document("p1", 8)))));

        assertThat(kind).isEqualTo(Kind.WRONG_VERSION);
        assertThat(commit(session, Batches.of(next(state, 1))).taken()).containsExactly(1);
    }

    @Test
    default void refusesASecondStatementWhileOneIsUnderWay() throws Exception {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        CompletableFuture<Receipt> first;

        try (LaneHolder holder = hold(1)) {
            first = commitLocked(session, state, locked -> Batches.of());
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> session.lanes(Set.of(1)).block(LONGEST));
            assertThat(holder).isNotNull();
        }
        get(first);

        assertThat(session.lanes(Set.of(1)).block(LONGEST)).containsKey(1);
    }

    // Owners

    @Test
    default void raisesTheEpochWithEachTakeOver() {
        Session session = store().session("a");

        LaneState first = session.takeOver(3, "a").block(LONGEST);
        LaneState second = session.takeOver(3, "a").block(LONGEST);

        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
    }

    @Test
    default void takesOverAfterTheCommitThatIsUnderWay() throws Exception {
        CompletableFuture<LaneState> takenOver;

        try (LaneHolder holder = hold(1)) {
            takenOver = store().session("a").takeOver(1, "a").toFuture();
            awaitWaiting(holder);
            holder.commitTurn();
        }

        assertThat(get(takenOver).turn()).isEqualTo(1);
    }

    @Test
    default void fencesItsOwnEpochOnce() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);

        assertThat(session.fence(1, state.epoch()).block(LONGEST)).isEqualTo(state.epoch() + 1);
        assertThat(session.fence(1, state.epoch()).blockOptional(LONGEST)).isEmpty();
    }

    @Test
    default void defeatsACommitThatComesAfterTheFence() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        session.fence(1, state.epoch()).block(LONGEST);

        assertThat(commit(store().session("late"), Batches.of(next(state, 1))))
                .isEqualTo(new Receipt(Set.of(), Set.of()));
    }

    @Test
    default void findsTheCommitOfATurn() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        Commit commit = Batches.of(next(state, 1));
        commit(session, commit);

        assertThat(session.commitId(1, 1).block(LONGEST)).isEqualTo(commit.id());
        assertThat(session.commitId(1, 2).blockOptional(LONGEST)).isEmpty();
    }

    // The outbox

    @Test
    default void givesTheTurnsOutInOrderAndPageByPage() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        Turn first = next(state, 1);
        Turn second = next(after(state, first), 0);
        Turn third = next(after(state, second), 2);
        List.of(first, second, third).forEach(turn -> commit(session, Batches.of(turn)));

        List<StoredTurn> page = session.turns(1, 0, 1).block(LONGEST);
        List<StoredTurn> rest = session.turns(1, 1, 10).block(LONGEST);

        assertThat(page).usingRecursiveFieldByFieldElementComparator().containsExactly(stored(first));
        assertThat(rest).usingRecursiveFieldByFieldElementComparator().containsExactly(stored(third));
    }

    @Test
    default void sweepsTurnsWithACommit() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        Turn first = next(state, 1);
        commit(session, Batches.of(first));
        Turn second = next(after(state, first), 1);

        commit(
                session,
                Batches.of(new Turn(
                        1,
                        second.epoch(),
                        second.turn(),
                        second.sequence(),
                        second.records(),
                        second.nextOffset(),
                        second.at(),
                        second.payload(),
                        0,
                        Long.MAX_VALUE)));

        assertThat(session.lanes(Set.of(1)).block(LONGEST).get(1).oldestTurn()).isEqualTo(2);
    }

    @Test
    default void sweepsAllButTheNewestTurn() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        Turn first = next(state, 1);
        commit(session, Batches.of(first));
        commit(session, Batches.of(next(after(state, first), 1)));

        session.sweep(1, 0, Long.MAX_VALUE).block(LONGEST);

        assertThat(session.turns(1, 0, 10).block(LONGEST))
                .extracting(StoredTurn::turn)
                .containsExactly(2L);
    }

    // Outcomes

    @Test
    default void findsRememberedOutcomesAgain() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        IdempotencyKey key = IdempotencyKey.ofDocument(1, name("p1"), "id");
        remembered(session, state, key);

        Loaded loaded = session.load(
                        List.of(),
                        List.of(
                                key,
                                IdempotencyKey.ofDocument(1, name("p1"), "another id"),
                                IdempotencyKey.ofDocument(1, name("p2"), "id"),
                                IdempotencyKey.ofDocument(2, name("p1"), "id")))
                .block(LONGEST);

        assertThat(loaded.outcomes()).containsOnlyKeys(key);
        assertThat(loaded.outcomes().get(key))
                .usingRecursiveComparison()
                .isEqualTo(new Loaded.Outcome(bytes("fingerprint"), bytes("outcome")));
    }

    @Test
    default void remembersNothingForALaneThatWasNotTaken() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        session.fence(1, state.epoch()).block(LONGEST);
        IdempotencyKey key = IdempotencyKey.ofDocument(1, name("p1"), "id");

        remembered(session, state, key);

        assertThat(session.load(List.of(), List.of(key)).block(LONGEST).outcomes())
                .isEmpty();
    }

    // Documents

    @ParameterizedTest
    @MethodSource("io.tributary.service.store.Samples#data")
    default void givesValuesBackAsTheyWere(MapValue data) {
        Session session = store().session("a");
        DocumentState state =
                new DocumentState(name("p1"), 1, data, document("p1", 1).lifetime());

        stored(session, state);

        assertThat(read("p1")).isEqualTo(state);
        assertThat(session.load(List.of(name("p1")), List.of()).block(LONGEST).documents())
                .isEqualTo(Map.of(name("p1"), state));
    }

    @ParameterizedTest
    @MethodSource("io.tributary.service.store.Samples#times")
    default void givesTimesBackAsTheyWere(Instant time) {
        Lifetime lifetime =
                new Lifetime(time, time.plusNanos(1_000), time.plusSeconds(1), "créateur \uD83D\uDE00", null);
        DocumentState state = new DocumentState(name("p1"), 1, MapValue.EMPTY, lifetime);

        stored(store().session("a"), state);

        assertThat(read("p1")).isEqualTo(state);
    }

    @ParameterizedTest
    @MethodSource("io.tributary.service.store.Samples#names")
    default void keepsDocumentsOfAnyName(DocumentName name) {
        DocumentState state =
                new DocumentState(name, 1, MapValue.EMPTY, document("p1", 1).lifetime());

        stored(store().session("a"), state);

        assertThat(store().document(name).block(LONGEST)).isEqualTo(state);
    }

    @Test
    default void loadsOnlyWhatEverExisted() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 1));
        DocumentState deleted =
                new DocumentState(name("p2"), 2, null, document("p2", 2).lifetime());
        commit(session, Batches.of(List.of(next(state, 1)), row(1, 0, deleted)));

        assertThat(session.load(List.of(name("p3"), name("p2"), name("p1")), List.of())
                        .block(LONGEST)
                        .documents())
                .isEqualTo(Map.of(name("p1"), document("p1", 1), name("p2"), deleted));
    }

    @Test
    default void readsSeveralDocumentsInTheOrderOfTheirNames() {
        Session session = store().session("a");
        LaneState state = stored(session, document("p1", 1));
        DocumentState deleted =
                new DocumentState(name("p2"), 2, null, document("p2", 2).lifetime());
        commit(session, Batches.of(List.of(next(state, 1)), row(1, 0, deleted)));

        assertThat(store().documents(List.of(name("p3"), name("p1"), name("p2"), name("p1")), Long.MAX_VALUE)
                        .block(LONGEST))
                .containsExactly(DocumentState.missing(name("p3")), document("p1", 1), deleted, document("p1", 1));
    }

    @Test
    default void readsNoDocumentsThatAreTooLargeTogether() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        commit(
                session,
                Batches.of(List.of(next(state, 1)), row(1, 0, document("p1", 1)), row(1, 0, document("p2", 1))));
        long largest = 10;

        assertThat(store().documents(List.of(name("p1")), largest).blockOptional(LONGEST))
                .isPresent();
        assertThat(store().documents(List.of(name("p1"), name("p2")), largest).blockOptional(LONGEST))
                .isEmpty();
    }

    @Test
    default void readsSeveralDocumentsAsOfOneMoment() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        for (long version = 1; version <= 100; version++) {
            Turn turn = next(state, 2);
            CompletableFuture<Receipt> writing = session.commit(Batches.of(
                            List.of(turn),
                            row(1, version - 1, document("p1", version)),
                            row(1, version - 1, document("p2", version))))
                    .toFuture();
            List<DocumentState> seen = store().documents(List.of(name("p1"), name("p2")), Long.MAX_VALUE)
                    .block(LONGEST);
            writing.join();
            state = after(state, turn);

            assertThat(seen.get(0).version()).isEqualTo(seen.get(1).version());
        }
    }

    @ParameterizedTest
    @MethodSource("io.tributary.service.store.Samples#pageSizes")
    default void pagesThroughACollectionInTheOrderOfIds(int size) {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        commit(
                session,
                Batches.of(
                        List.of(next(state, 1)),
                        Samples.idsInNoOrder().stream()
                                .map(id -> row(1, 0, document(id, 1)))
                                .toArray(Commit.Row[]::new)));
        var collection = name("p1").parent();

        List<DocumentState> all = new java.util.ArrayList<>();
        List<DocumentState> page = store().page(collection, null, size).block(LONGEST);
        while (!page.isEmpty()) {
            assertThat(page).hasSizeLessThanOrEqualTo(size);
            all.addAll(page);
            page = store().page(collection, page.getLast().name().id(), size).block(LONGEST);
        }

        assertThat(all).extracting(found -> found.name().id()).containsExactlyElementsOf(Samples.idsInOrder());
    }

    @Test
    default void pagesThroughExistingDocumentsOfTheCollectionOnly() {
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        DocumentState deleted =
                new DocumentState(name("gone"), 2, null, document("gone", 2).lifetime());
        commit(
                session,
                Batches.of(
                        List.of(next(state, 1)),
                        row(1, 0, document("p1", 1)),
                        row(1, 0, deleted),
                        row(1, 0, document(DocumentName.of("products/p1/parts/a"), 1)),
                        row(1, 0, document(DocumentName.of("product/p0"), 1)),
                        row(1, 0, document(DocumentName.of("elsewhere", "products/p0"), 1))));

        assertThat(store().page(name("p1").parent(), null, 10).block(LONGEST)).containsExactly(document("p1", 1));
    }

    @ParameterizedTest
    @MethodSource("io.tributary.service.store.Samples#idsInOrder")
    default void knowsTheLastIdOfACollection(String id) {
        assertThat(store().lastId(name("p1").parent()).blockOptional(LONGEST)).isEmpty();
        List<String> ids = Samples.idsInOrder().subList(0, Samples.idsInOrder().indexOf(id) + 1);
        Session session = store().session("a");
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        commit(
                session,
                Batches.of(
                        List.of(next(state, 1)),
                        ids.stream().map(known -> row(1, 0, document(known, 1))).toArray(Commit.Row[]::new)));

        assertThat(store().lastId(name("p1").parent()).block(LONGEST)).isEqualTo(id);
    }

    @Test
    default void answers() {
        assertThat(store().ping().blockOptional(LONGEST)).isEmpty();
    }

    // Helpers

    private DocumentState read(String id) {
        return store().document(name(id)).block(LONGEST);
    }

    /** Takes lane 1 over and stores a document there. */
    private static LaneState stored(Session session, DocumentState document) {
        LaneState state = session.takeOver(1, "a").block(LONGEST);
        Turn turn = next(state, 1);
        commit(session, Batches.of(List.of(turn), row(1, 0, document)));
        return after(state, turn);
    }

    private static LaneState remembered(Session session, LaneState state, IdempotencyKey key) {
        Turn turn = next(state, 0);
        // Stored under the time of the moment: outcomes are kept for some hours only.
        var outcome = new Commit.Remembered(1, key, bytes("fingerprint"), bytes("outcome"), Instant.now());
        commit(session, new Commit(UUID.randomUUID(), List.of(turn), List.of(), List.of(outcome)));
        return after(state, turn);
    }

    private static Receipt commit(Session session, Commit commit) {
        return session.commit(commit).block(LONGEST);
    }

    private static CompletableFuture<Receipt> commitLocked(
            Session session, LaneState state, Function<Locked, Commit> plan) {
        return session.commitLocked(Map.of(state.lane(), state.epoch()), List.of(), List.of(), plan)
                .toFuture();
    }

    private static <T> T get(CompletableFuture<T> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        return answer.get(LONGEST.toSeconds(), TimeUnit.SECONDS);
    }

    private static @Nullable Kind failure(Mono<?> statement) {
        try {
            statement.block(LONGEST);
            return null;
        } catch (StoreException e) {
            return e.kind();
        }
    }

    private static void awaitWaiting(LaneHolder holder) {
        Awaitility.await().until(holder::isWaitedFor);
    }

    private static Commit.Row row(int lane, long previous, DocumentState state) {
        return Commit.Row.of(lane, previous, false, state);
    }

    private static StoredTurn stored(Turn turn) {
        return new StoredTurn(turn.lane(), turn.turn(), turn.sequence(), turn.records(), turn.at(), turn.payload());
    }

    private static DocumentName name(String id) {
        return DocumentName.of("products/" + id);
    }

    private static DocumentState document(String id, long version) {
        return document(name(id), version);
    }

    private static DocumentState document(DocumentName name, long version) {
        Instant time = Instant.parse("2026-11-21T08:00:00.000001Z").plusSeconds(version);
        return new DocumentState(
                name,
                version,
                MapValue.of(Map.of("n", new IntegerValue(version))),
                new Lifetime(time, time, time, null, null));
    }

    private static byte[] bytes(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), text.length());
    }
}
