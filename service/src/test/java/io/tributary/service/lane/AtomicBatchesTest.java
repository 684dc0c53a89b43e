package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.delete;
import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static io.tributary.service.lane.Drafts.refused;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.json.ChangeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.Session;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.scheduler.Scheduler;

/** Documents {@code a}, {@code b} and {@code c} are in lanes 0, 1 and 2; ids are remembered in lane 0. */
class AtomicBatchesTest {

    private static final int LANES = 4;
    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final Duration LONGER_THAN_ANY_PAUSE = Duration.ofSeconds(3);

    private final Timeline timeline = new Timeline();
    private final Scheduler wire = timeline.thread(() -> LATENCY);
    private final InMemoryStore store = new InMemoryStore(LANES, this::answer);
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final Instance instance = new Instance(
            "one",
            LaneSettings.DEFAULT.withLanes(LANES),
            PublisherSettings.DEFAULT,
            store,
            new FakeChangelog(broker, timeline::thread),
            listener(),
            timeline,
            timeline::thread);
    private final List<Integer> visited = new ArrayList<>();
    private boolean lookingOn;

    @BeforeEach
    void ownsAllLanesButTheLast() {
        instance.lanes().assign(List.of(0, 1, 2));
        run();
    }

    @Test
    void changesDocumentsOfSeveralLanes() {
        Asker asker = ask(batch(increment("a"), increment("b"), increment("c")));
        run();

        assertThat(asker.heard()).containsExactly("versions 1 1 1");
        assertThat(versions()).containsExactly(1L, 1L, 1L);
    }

    @Test
    void letsWritesOfOneDocumentSeeOneAnother() {
        Asker asker = ask(batch(increment("a"), increment("a"), delete("a")));
        run();

        assertThat(asker.heard()).containsExactly("versions 1 2 3");
    }

    @Test
    void gathersTheBatchesThatWait() {
        List<Asker> askers = IntStream.range(0, 10)
                .mapToObj(n -> ask(batch(increment("a"), increment("b"))))
                .toList();
        run();

        assertThat(instance.batches()).hasSize(1);
        assertThat(askers.getLast().heard()).containsExactly("versions 10 10");
    }

    @Test
    void leavesNothingOfABatchWhoseLastWriteIsRefused() {
        Asker asker = ask(batch(increment("a"), increment("b"), refused("c")));
        run();

        assertThat(asker.heard()).containsExactly("condition-failed");
        assertThat(versions()).containsExactly(0L, 0L, 0L);
        assertThat(broker.numbers(0)).isEmpty();
    }

    @Test
    void namesTheWriteThatIsRefused() {
        Asker asker = ask(batch(increment("a"), refused("b")));
        run();

        assertThat(problem(asker).index()).isEqualTo(1);
    }

    @Test
    void aRefusedBatchHarmsNoNeighbour() {
        Asker bad = ask(batch(increment("a"), refused("b")));
        Asker good = ask(batch(increment("a"), increment("b")));
        run();

        assertThat(bad.heard()).containsExactly("condition-failed");
        assertThat(good.heard()).containsExactly("versions 1 1");
    }

    @Test
    void refusesABatchThatWasDecidedOnOtherVersions() {
        ask(batch(increment("a")));
        run();
        Asker asker = ask(batch(increment("b")).withReads(List.of(read("a", 0), read("c", 0))));
        run();

        assertThat(asker.heard()).containsExactly("conflict");
        assertThat(problem(asker).stale()).containsExactly(new Problem.Stale("products/a", 1));
        assertThat(versions()).containsExactly(1L, 0L, 0L);
    }

    @Test
    void takesABatchWhoseReadsStillHold() {
        Asker asker = ask(batch(increment("b")).withReads(List.of(read("a", 0))));
        run();

        assertThat(asker.heard()).containsExactly("versions 1");
    }

    @Test
    void aDeletedDocumentIsReadAsVersionZero() {
        ask(batch(increment("a"), delete("a")));
        run();
        Asker asker = ask(batch(increment("b")).withReads(List.of(read("a", 0))));
        run();

        assertThat(asker.heard()).containsExactly("versions 1");
    }

    @Test
    void tellsInEachChangeWhereTheBatchEndsInEachLane() {
        ask(batch(increment("a"), increment("b"), increment("a")).withId("k"));
        run();

        assertThat(changes(0).stream().map(change -> change.origin().batch()))
                .containsExactly(
                        new Change.Batch("k", 0, 3, Map.of(0, 2L, 1, 1L)),
                        new Change.Batch("k", 2, 3, Map.of(0, 2L, 1, 1L)));
    }

    @Test
    void countsTheTombstoneBehindADelete() {
        ask(batch(increment("a"), delete("a"), increment("a")));
        run();

        assertThat(changes(0).getFirst().origin().batch()).isEqualTo(new Change.Batch(null, 0, 3, Map.of(0, 4L)));
        assertThat(broker.numbers(0)).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void givesAllChangesOneTime() {
        ask(batch(increment("a"), increment("b")));
        run();

        assertThat(changes(0).getFirst().time()).isEqualTo(changes(1).getFirst().time());
    }

    @Test
    void answersARepetitionWithTheFirstOutcome() {
        ask(batch(increment("a"), increment("b")).withId("k"));
        run();
        Asker again = ask(batch(increment("a"), increment("b")).withId("k"));
        run();

        assertThat(again.heard()).containsExactly("versions 1 1 again");
        assertThat(versions()).containsExactly(1L, 1L, 0L);
    }

    @Test
    void letsTheSecondOfTwoAtOnceFindTheFirst() {
        ask(batch(increment("b")).withId("k"));
        Asker second = ask(batch(increment("b")).withId("k"));
        run();

        assertThat(second.heard()).containsExactly("versions 1 again");
    }

    @Test
    void remembersARefusalToo() {
        ask(batch(refused("b")).withId("k"));
        run();
        Asker again = ask(batch(refused("b")).withId("k"));
        run();

        assertThat(again.heard()).containsExactly("condition-failed again");
    }

    @Test
    void refusesAnIdThatWasAnotherBatchs() {
        ask(batch(increment("a")).withId("k"));
        run();
        Asker other = ask(batch(increment("b")).withId("k"));
        run();

        assertThat(other.heard()).containsExactly("id-reuse");
    }

    @Test
    void singleWritesAndBatchesSeeOneAnother() {
        Asker single = instance.ask(0, increment("a"));
        Asker batch = ask(batch(increment("a")));
        run();
        Asker after = instance.ask(0, increment("a"));
        run();

        assertThat(Stream.of(single, batch, after).flatMap(asker -> asker.heard().stream()))
                .containsExactly("version 1", "versions 2", "version 3");
    }

    @Test
    void doesNotTakeABatchWhoseHomeIsAnothers() {
        BatchCall call = call(new Asker(), batch(increment("d")), Map.of(document("d"), 3));

        assertThat(instance.lanes().offer(call)).isEqualTo(Admission.NOT_HERE);
    }

    @Test
    void takesABatchWhoseHomeItIsAboutToTakeOver() {
        instance.lanes().assign(List.of(3));
        timeline.settle();
        Asker asker = new Asker();
        BatchCall call = call(asker, batch(increment("d")), Map.of(document("d"), 3));

        assertThat(instance.lanes().offer(call)).isEqualTo(Admission.QUEUED);
        run();
        assertThat(asker.heard()).containsExactly("versions 1");
    }

    @Test
    void sendsABatchAwayWhoseHomeWasTakenOver() {
        takeOver(0);
        Asker asker = ask(batch(increment("a"), increment("b")));
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(versions()).containsExactly(0L, 0L, 0L);
    }

    @Test
    void goesOnWithALaneThatAnotherTookOverMeanwhile() {
        takeOver(1);
        Asker asker = ask(batch(increment("a"), increment("b")));
        run();

        assertThat(asker.heard()).containsExactly("versions 1 1");
    }

    @Test
    void writesToALaneOfAnothers() {
        takeOver(3);
        Asker asker = ask(batch(increment("a"), increment("d")));
        run();

        assertThat(asker.heard()).containsExactly("versions 1 1");
        assertThat(version("d")).isEqualTo(1);
    }

    @Test
    void tellsTheOwnersOfOthersLanes() {
        ask(batch(increment("a"), increment("d")));
        run();

        assertThat(visited).containsExactly(3);
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "AWAY")
    void changesOthersLanesAloneOnceWhateverBecomesOfItsCommit(Fault fault) {
        store.failNext(Call.COMMIT_LOCKED, fault);
        Asker asker = ask(batch(delete("a"), increment("d")));
        run();
        store.carryOutLateOnes();
        run();

        assertThat(asker.heard()).containsExactly("versions 0 1");
        assertThat(version("d")).isEqualTo(1);
    }

    private void takeOver(int lane) {
        Session other = store.session("other");
        lookOn(() -> other.takeOver(lane, "other").block());
    }

    @ParameterizedTest
    @EnumSource(value = Fault.class, mode = EnumSource.Mode.EXCLUDE, names = "AWAY")
    void appliesABatchOnceWhateverBecomesOfItsCommit(Fault fault) {
        store.failNext(Call.COMMIT_LOCKED, fault);
        Asker asker = ask(batch(increment("a"), increment("b")));
        run();
        store.carryOutLateOnes();
        run();

        assertThat(asker.heard()).containsExactly("versions 1 1");
        assertThat(versions()).containsExactly(1L, 1L, 0L);
    }

    @Test
    void answersThatNothingWasAppliedWhenTheStoreIsAway() {
        store.failNext(Call.COMMIT_LOCKED, Fault.AWAY);
        Asker asker = ask(batch(increment("a"), increment("b")));
        run();

        assertThat(asker.heard()).containsExactly("unavailable");
        assertThat(versions()).containsExactly(0L, 0L, 0L);
    }

    private Asker ask(Batch batch) {
        Asker asker = new Asker();
        Map<DocumentName, Integer> lanes = Stream.concat(
                        batch.writes().stream().map(Write::document),
                        batch.reads().stream().map(Batch.Read::document))
                .distinct()
                .collect(toMap(name -> name, name -> name.id().charAt(0) - 'a'));
        assertThat(instance.lanes().offer(call(asker, batch, lanes))).isEqualTo(Admission.QUEUED);
        return asker;
    }

    private static BatchCall call(Asker asker, Batch batch, Map<DocumentName, Integer> lanes) {
        String id = batch.id();
        IdempotencyKey key = id == null ? null : IdempotencyKey.ofDatabase(0, batch.database(), id);
        return new BatchCall(batch, 100, lanes, key, null, null, asker.caller(), null);
    }

    private static Batch batch(Write... writes) {
        return Batch.of("default", Arrays.asList(writes));
    }

    private static Batch.Read read(String id, long version) {
        return new Batch.Read(document(id), version);
    }

    private static Problem problem(Asker asker) {
        if (asker.answers().getFirst()
                instanceof Answer.DecidedBatch(BatchOutcome.Refused(Problem problem), boolean replayed)) {
            return problem;
        }
        throw new AssertionError("not refused: " + asker.heard());
    }

    private List<Change> changes(int lane) {
        return broker.changes(lane).stream()
                .map(arrived -> ChangeJson.read(arrived.change().json()))
                .toList();
    }

    private List<Long> versions() {
        return Stream.of("a", "b", "c").map(this::version).toList();
    }

    private long version(String id) {
        return lookOn(() -> store.document(document(id)).block().version());
    }

    private LaneListener listener() {
        return new LaneListener() {
            @Override
            public void opened(int lane, long epoch, long nextOffset) {}

            @Override
            public void taken(int lane) {}

            @Override
            public void visited(int lane) {
                visited.add(lane);
            }

            @Override
            public void closed(int lane) {}
        };
    }

    private void answer(Runnable answer) {
        if (lookingOn) {
            answer.run();
        } else {
            wire.schedule(answer);
        }
    }

    /** Asks the store without time passing. */
    private <T> T lookOn(Supplier<T> question) {
        lookingOn = true;
        try {
            return question.get();
        } finally {
            lookingOn = false;
        }
    }

    private void run() {
        timeline.runFor(LONGER_THAN_ANY_PAUSE);
    }
}
