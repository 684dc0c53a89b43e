package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.delete;
import static io.tributary.service.lane.Drafts.increment;
import static io.tributary.service.lane.Drafts.input;
import static io.tributary.service.lane.Drafts.refused;
import static io.tributary.service.lane.Drafts.replace;
import static io.tributary.service.lane.Drafts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Payload;
import io.tributary.service.changelog.Publication;
import io.tributary.service.changelog.Publication.ChangeRecord;
import io.tributary.service.changelog.Publication.Rejection;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.lane.LaneSettings.ChangeContent;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Turn;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PlanTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final LaneState BEFORE = new LaneState(1, 3, 40, 100, 7, NOW.minusSeconds(1), 20);
    private static final int ANY_BYTES = 1 << 20;

    private ChangeContent content = new ChangeContent(false, true);
    private int changeBytes = ANY_BYTES;
    private final List<Asker> askers = new ArrayList<>();

    // Numbers, offsets and times

    @Test
    void numbersChangesFromTheLastOneOn() {
        LanePlan plan = plan(increment("a"), increment("b"));

        assertThat(changes(plan)).extracting(ChangeRecord::sequence).containsExactly(101L, 102L);
        assertThat(turn(plan).sequence()).isEqualTo(102);
        assertThat(turn(plan).records()).isEqualTo(2);
    }

    @Test
    void givesADeleteTwoNumbers() {
        LanePlan plan = plan(increment("a"), delete("a"), increment("b"));

        assertThat(changes(plan)).extracting(ChangeRecord::sequence).containsExactly(101L, 102L, 104L);
        assertThat(turn(plan).records()).isEqualTo(4);
    }

    @Test
    void givesNoNumberToWhatChangesNothing() {
        LanePlan plan = plan(delete("missing"), refused("a"));

        assertThat(turn(plan).sequence()).isEqualTo(100);
        assertThat(turn(plan).payload()).isEmpty();
    }

    @Test
    void followsTheLanesLastTurn() {
        Turn turn = turn(plan(increment("a")));

        assertThat(turn.turn()).isEqualTo(41);
        assertThat(turn.epoch()).isEqualTo(3);
    }

    @Test
    void keepsThePublicationsWithTheTurn() {
        LanePlan plan = plan(increment("a"), increment("a"));

        assertThat(Payload.read(turn(plan).payload()))
                .usingRecursiveComparison()
                .isEqualTo(plan.publications());
    }

    @Test
    void leavesTheOffsetWhereItWasForCallers() {
        assertThat(turn(plan(increment("a"))).nextOffset()).isEqualTo(7);
    }

    @Test
    void movesTheOffsetBehindTheLastRecord() {
        LanePlan plan =
                plan(input(submission(increment("a")), 1, 7), input(submission(refused("a")), 1, 8), passed(11, null));

        assertThat(turn(plan).nextOffset()).isEqualTo(12);
    }

    @Test
    void givesEachWriteALaterTime() {
        LanePlan plan = plan(increment("a"), increment("b"), increment("a"));

        assertThat(changes(plan))
                .extracting(ChangeRecord::time)
                .containsExactly(NOW, NOW.plusNanos(1_000), NOW.plusNanos(2_000));
        assertThat(turn(plan).at()).isEqualTo(NOW.plusNanos(2_000));
    }

    @Test
    void staysBehindTheLanesLastTimeWhenTheClockWasSetBack() {
        LaneState ahead = new LaneState(1, 3, 40, 100, 7, NOW.plusSeconds(60), 20);

        LanePlan plan = plan(ahead, Loaded.NOTHING, null, calls(increment("a")));

        assertThat(turn(plan).at()).isEqualTo(NOW.plusSeconds(60).plusNanos(1_000));
    }

    @Test
    void storesOnlyTheLastStateOfADocument() {
        LanePlan plan = plan(increment("a"), increment("a"), delete("a"));

        assertThat(plan.rows()).hasSize(1).first().satisfies(row -> {
            assertThat(row.previous()).isZero();
            assertThat(row.state().version()).isEqualTo(3);
            assertThat(row.state().exists()).isFalse();
        });
    }

    @Test
    void sweepsFromTheOldestTurnOn() {
        LanePlan plan = plan(increment("a"));
        Turn turn = plan.turn(25);

        assertThat(turn.sweepFrom()).isEqualTo(20);
        assertThat(turn.sweepTo()).isEqualTo(25);
        assertThat(plan.after(3).oldestTurn()).isEqualTo(26);
    }

    // What changes carry

    @Test
    void givesEveryChangeTheDataAfterIt() {
        assertThat(changes(plan(increment("a"), increment("a"))))
                .allSatisfy(change -> assertThat(read(change).after()).isNotNull());
    }

    @Test
    void leavesTheDataOutOfAllButTheLastChangeWhenAsked() {
        content = new ChangeContent(false, false);

        assertThat(changes(plan(increment("a"), increment("b"), increment("a"))))
                .extracting(change -> read(change).after() == null)
                .containsExactly(true, false, false);
    }

    @Test
    void leavesTheUpdateOutOfAChangeThatWouldBeTooLarge() {
        changeBytes = 10;

        assertThat(changes(plan(increment("a"))))
                .allSatisfy(change -> assertThat(read(change).write()).isNull());
    }

    // Ids

    @Test
    void answersARepetitionInTheSameBatchWithTheFirstOutcome() {
        plan(increment("a").withId("x"), increment("a").withId("x"), increment("a"))
                .answer(CommitObserver.NONE);

        assertThat(heard()).containsExactly("version 1", "version 1 again", "version 2");
    }

    @Test
    void answersARepetitionFromTheStore() {
        LanePlan first = plan(increment("a").withId("x"));

        plan(BEFORE, loaded(first), null, calls(increment("a").withId("x"))).answer(CommitObserver.NONE);

        assertThat(askers.getLast().heard()).containsExactly("version 1 again");
    }

    @Test
    void remembersRefusalsToo() {
        LanePlan first = plan(refused("a").withId("x"));

        plan(BEFORE, loaded(first), null, calls(refused("a").withId("x"))).answer(CommitObserver.NONE);

        assertThat(askers.getLast().heard()).containsExactly("condition-failed again");
    }

    @Test
    void refusesAnotherWriteWithTheSameId() {
        plan(increment("a").withId("x"), delete("a").withId("x")).answer(CommitObserver.NONE);

        assertThat(heard()).containsExactly("version 1", "id-reuse");
    }

    @Test
    void countsIdsPerDocument() {
        plan(increment("a").withId("x"), increment("b").withId("x")).answer(CommitObserver.NONE);

        assertThat(heard()).containsExactly("version 1", "version 1");
    }

    @Test
    void countsTheIdsOfKeyedCreationsPerDatabase() {
        KeyedNames names = new KeyedNames(name -> 1);
        Action create = new Action.Create(MapValue.of(Map.of()));
        Write first =
                Write.of(names.name(CollectionName.of("orders"), "x"), create).withId("x");
        Write elsewhere = Write.of(names.name(CollectionName.of("customers"), "x"), create)
                .withId("x");

        plan(first, elsewhere, first).answer(CommitObserver.NONE);

        assertThat(heard()).containsExactly("version 1", "id-reuse", "version 1 again");
    }

    @Test
    void countsTheIdOfAnotherWriteOfAKeyedDocumentPerDocument() {
        DocumentName keyed = new KeyedNames(name -> 1).name(CollectionName.of("orders"), "x");
        MapValue nothing = MapValue.of(Map.of());

        plan(
                        Write.of(keyed, new Action.Create(nothing)).withId("x"),
                        Write.of(keyed, new Action.Delete()).withId("x"))
                .answer(CommitObserver.NONE);

        assertThat(heard()).containsExactly("version 1", "version 2");
    }

    @Test
    void remembersNothingForWritesWithoutAnId() {
        assertThat(plan(increment("a")).remembered()).isEmpty();
    }

    // Rejections

    @Test
    void rejectsARecordThatItsDocumentRefuses() {
        LanePlan plan = plan(input(submission(refused("a")), 1, 7));

        assertThat(rejections(plan)).hasSize(1).first().satisfies(rejection -> {
            assertThat(rejection.source()).isEqualTo(Drafts.source(1, 7));
            assertThat(rejection.problem().type()).isEqualTo(ProblemType.CONDITION_FAILED);
        });
    }

    @Test
    void rejectsARepeatedRecordOnce() {
        Write write = refused("a").withId("x");

        assertThat(rejections(plan(input(submission(write), 1, 7), input(submission(write), 1, 8))))
                .extracting(Rejection::source)
                .containsExactly(Drafts.source(1, 7));
    }

    @Test
    void rejectsARecordThatIsNoWrite() {
        Rejection rejection =
                new Rejection(null, null, List.of(), Problem.of(ProblemType.MALFORMED, "no JSON"), Drafts.source(1, 7));

        assertThat(rejections(plan(passed(7, rejection)))).containsExactly(rejection);
    }

    @Test
    void rejectsNoRecordThatWasHandedOn() {
        assertThat(plan(passed(7, null)).publications()).isEmpty();
    }

    // Answers

    @Test
    void answersNobodyBeforeItIsTold() {
        plan(increment("a"));

        assertThat(heard()).isEmpty();
    }

    @Test
    void refusesAPoisonedEntryWithoutTryingIt() {
        Entry.Call poisoned = calls(increment("a")).getFirst();
        LanePlan plan = plan(BEFORE, Loaded.NOTHING, poisoned, List.of(poisoned));
        plan.answer(CommitObserver.NONE);

        assertThat(plan.rows()).isEmpty();
        assertThat(heard()).containsExactly("bad-value");
    }

    // Batches of several lanes

    @Test
    void closesWhenItsBytesAreReachedAndLeavesTheRestOverInOrder() {
        String large = "x".repeat(1_000);
        List<Entry.Call> calls = calls(
                replace("a", large + 1), replace("a", large + 2), replace("a", large + 3), replace("a", large + 4));

        Plan plan = plan(Map.of(1, BEFORE), Loaded.NOTHING, null, Map.of(1, calls), 2_500);

        assertThat(plan.lanes().getFirst().entries()).isEqualTo(calls.subList(0, 2));
        assertThat(plan.leftOver()).containsEntry(1, List.copyOf(calls.subList(2, 4)));
    }

    @Test
    void leavesALaneOverWhole() {
        Map<Integer, List<Entry.Call>> batch = new LinkedHashMap<>();
        batch.put(1, calls(replace("a", "x".repeat(1_000))));
        batch.put(2, calls(increment("b")));
        LaneState other = new LaneState(2, 1, 0, 0, 0, NOW.minusSeconds(1), 0);

        Plan plan = plan(Map.of(1, BEFORE, 2, other), Loaded.NOTHING, null, batch, 500);

        assertThat(plan.lanes()).extracting(LanePlan::lane).containsExactly(1);
        assertThat(plan.leftOver().get(2)).isEqualTo(batch.get(2));
    }

    @Test
    void leavesALaneOverThatWasLost() {
        List<Entry.Call> calls = calls(increment("a"));

        Plan plan = plan(Map.of(), Loaded.NOTHING, null, Map.of(1, calls), ANY_BYTES);

        assertThat(plan.lanes()).isEmpty();
        assertThat(plan.lost()).containsExactly(1);
        assertThat(plan.leftOver().get(1)).isEqualTo(calls);
    }

    private LanePlan plan(Write... writes) {
        return plan(BEFORE, Loaded.NOTHING, null, calls(writes));
    }

    private LanePlan plan(Entry... entries) {
        return plan(BEFORE, Loaded.NOTHING, null, List.of(entries));
    }

    private LanePlan plan(LaneState before, Loaded loaded, @Nullable Entry poisoned, List<? extends Entry> entries) {
        return plan(Map.of(1, before), loaded, poisoned, Map.of(1, entries), ANY_BYTES)
                .lanes()
                .getFirst();
    }

    private Plan plan(
            Map<Integer, LaneState> newest,
            Loaded loaded,
            @Nullable Entry poisoned,
            Map<Integer, ? extends List<? extends Entry>> batch,
            int bytes) {
        Map<Integer, List<Entry>> entries = new LinkedHashMap<>();
        batch.forEach((lane, each) -> entries.put(lane, List.copyOf(each)));
        var planning = new Planning(new CommitClock(() -> NOW), DocumentLimits.DEFAULT, content, changeBytes);
        return new Plan(entries, newest, planning, loaded, poisoned, bytes);
    }

    private List<Entry.Call> calls(Write... writes) {
        return Arrays.stream(writes)
                .map(write -> {
                    Asker asker = new Asker();
                    askers.add(asker);
                    return asker.call(submission(write));
                })
                .toList();
    }

    private List<String> heard() {
        return askers.stream().flatMap(asker -> asker.heard().stream()).toList();
    }

    private static Entry passed(long offset, @Nullable Rejection rejection) {
        return new Entry.Passed(offset, rejection);
    }

    private static Turn turn(LanePlan plan) {
        return plan.turn(0);
    }

    private static Loaded loaded(LanePlan plan) {
        Map<IdempotencyKey, Loaded.Outcome> outcomes = new HashMap<>();
        for (Commit.Remembered remembered : plan.remembered()) {
            outcomes.put(remembered.key(), new Loaded.Outcome(remembered.fingerprint(), remembered.outcome()));
        }
        return new Loaded(Map.of(), outcomes);
    }

    private static List<ChangeRecord> changes(LanePlan plan) {
        return of(plan, ChangeRecord.class).toList();
    }

    private static List<Rejection> rejections(LanePlan plan) {
        return of(plan, Rejection.class).toList();
    }

    private static <T extends Publication> Stream<T> of(LanePlan plan, Class<T> kind) {
        return plan.publications().stream().filter(kind::isInstance).map(kind::cast);
    }

    private static Change read(ChangeRecord change) {
        return ChangeJson.read(change.json());
    }
}
