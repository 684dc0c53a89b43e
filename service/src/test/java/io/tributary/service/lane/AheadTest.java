package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.store.AlteredSession;
import io.tributary.service.store.Commit;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneHolder;
import io.tributary.service.store.Receipt;
import io.tributary.write.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** A batch takes four writes at most, so that a dozen are a backlog. */
class AheadTest {

    private static final Duration LATENCY = Duration.ofMillis(5);
    private static final Duration LONGER_THAN_ANY_PAUSE = Duration.ofSeconds(3);
    private static final LaneSettings SETTINGS = new LaneSettings(
            2,
            1,
            20,
            1 << 20,
            4,
            1 << 20,
            1 << 20,
            1 << 20,
            new LaneSettings.ChangeContent(false, true),
            Duration.ofMillis(20));

    private final Timeline timeline = new Timeline();
    private Duration latency = LATENCY;
    private Duration lateness = Duration.ZERO;
    private boolean faulty;
    private final Scheduler wire = timeline.thread(() -> latency);
    private final InMemoryStore store = faultyStore();
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final Instance instance = new Instance(
            "one",
            SETTINGS,
            PublisherSettings.DEFAULT,
            store,
            new FakeChangelog(broker, timeline::thread),
            Instance.NOBODY,
            timeline,
            () -> timeline.thread(() -> lateness));

    @BeforeEach
    void ownsAllLanes() {
        instance.lanes().assign(List.of(0, 1));
        timeline.runFor(LONGER_THAN_ANY_PAUSE);
    }

    @Test
    void loadsTheNextBatchWhileOneIsBeingCommitted() {
        List<Asker> askers = IntStream.range(0, 12)
                .mapToObj(n -> instance.ask(0, increment("a" + n)))
                .toList();

        // A load, and then three commits: the second and the third batch were loaded meanwhile.
        timeline.runFor(LATENCY.multipliedBy(4));

        assertThat(askers).allSatisfy(asker -> assertThat(asker.heard()).containsExactly("version 1"));
    }

    @Test
    void goesOnFromWhatTheBatchBeforeMakes() {
        List<Asker> askers = twelveIncrements();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(heard(askers)).isEqualTo(versionsFrom1To12());
    }

    @Test
    void answersWhatIsCommittedThoughTheNextBatchIsStillBeingLoaded() {
        var loads = new AtomicInteger();
        store.fail(call -> {
            boolean ofTheNextBatch = call == Call.LOAD && loads.incrementAndGet() == 2;
            latency = ofTheNextBatch ? LONGER_THAN_ANY_PAUSE : LATENCY;
            return Fault.NONE;
        });
        LaneHolder holder = store.hold(1);
        instance.ask(1, increment("held"));
        List<Asker> askers = IntStream.range(0, 12)
                .mapToObj(n -> instance.ask(0, increment("a" + n)))
                .toList();

        timeline.runFor(LATENCY.multipliedBy(4));

        assertThat(loads).hasValue(2);
        assertThat(askers.getFirst().heard()).containsExactly("version 1");
        holder.close();
    }

    @Test
    void answersNobodyOfABatchThatIsPlannedOnly() {
        List<Asker> askers = twelveIncrements();

        timeline.runUntil(() -> !askers.getFirst().heard().isEmpty(), LONGER_THAN_ANY_PAUSE);

        assertThat(askers.get(4).heard()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_APPLIED", "REQUEST_LOST", "ANSWER_LOST", "LATE"})
    void keepsTheOrderWhenTheBatchBeforeFails(Fault fault) {
        store.failNext(Call.COMMIT, fault);
        List<Asker> askers = twelveIncrements();
        timeline.runFor(LATENCY.multipliedBy(3));
        store.carryOutLateOnes();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        List<String> applied = heard(askers).stream()
                .filter(heard -> heard.startsWith("version"))
                .toList();
        assertThat(applied).isEqualTo(versionsFrom1To12().subList(0, applied.size()));
        assertThat(version("a")).isEqualTo(applied.size());
        assertThat(askers).allSatisfy(asker -> assertThat(asker.heard()).hasSize(1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void losesNothingWhenItCannotLoad(Fault fault) {
        store.failNext(Call.LOAD, Fault.NONE);
        store.failNext(Call.LOAD, fault);
        List<Asker> askers = IntStream.range(0, 12)
                .mapToObj(n -> instance.ask(0, increment("a" + n)))
                .toList();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(askers).allSatisfy(asker -> assertThat(asker.heard()).hasSize(1));
        assertThat(IntStream.range(0, 12).filter(n -> version("a" + n) == 1).count())
                .isEqualTo(heard(askers).stream().filter("version 1"::equals).count());
    }

    @Test
    void commitsTheNextBatchThoughItsOwnThreadIsBusy() {
        twelveIncrements();
        timeline.runFor(LATENCY);
        lateness = LONGER_THAN_ANY_PAUSE;
        timeline.runFor(LATENCY);

        assertThat(store.now(document("a")).version()).isEqualTo(8);
    }

    @Test
    void beginsWithTheNextBatchWhenEnoughHasCome() {
        assertThat(versionWithoutTheThread(4)).isEqualTo(5);
    }

    @Test
    void waitsForMoreWhenItIsNotEnough() {
        assertThat(versionWithoutTheThread(3)).isEqualTo(1);
    }

    /** What is committed of one write, and of those that come meanwhile, though the thread is busy from then on. */
    private long versionWithoutTheThread(int meanwhile) {
        instance.ask(0, increment("a"));
        timeline.runFor(LATENCY);
        IntStream.range(0, meanwhile).forEach(n -> instance.ask(0, increment("a")));
        timeline.settle();
        lateness = LONGER_THAN_ANY_PAUSE;
        timeline.runFor(LATENCY);
        return store.now(document("a")).version();
    }

    @Test
    void commitsAnAtomicBatchAfterwards() {
        List<Asker> askers = twelveIncrements();
        timeline.runFor(LATENCY);
        Asker asker = new Asker();
        instance.lanes()
                .offer(new BatchCall(
                        Batch.of("default", List.of(increment("a"))),
                        100,
                        Map.of(document("a"), 0),
                        null,
                        null,
                        null,
                        asker.caller(),
                        null));
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(heard(askers)).isEqualTo(versionsFrom1To12());
        assertThat(asker.heard()).containsExactly("versions 13");
    }

    @Test
    void turnsTheNextBatchAwayAfterAFaultOfTheProgram() {
        faulty = true;
        List<Asker> askers = twelveIncrements();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(heard(askers.subList(4, 12))).hasSize(8).containsOnly("unavailable");
    }

    @Test
    void commitsTheNextBatchBeforeItsLaneIsReleased() {
        List<Asker> askers = twelveIncrements();
        timeline.settle();
        timeline.runFor(LATENCY);
        instance.lanes().release(List.of(0)).subscribe();
        timeline.runFor(LONGER_THAN_ANY_PAUSE);

        assertThat(heard(askers).subList(0, 8)).isEqualTo(versionsFrom1To12().subList(0, 8));
        assertThat(heard(askers).subList(8, 12)).containsOnly("unavailable");
        assertThat(version("a")).isEqualTo(8);
    }

    private InMemoryStore faultyStore() {
        var made = new InMemoryStore(2, wire::schedule);
        made.alterSessions(right -> new AlteredSession(right) {
            @Override
            public Mono<Receipt> commit(Commit commit) {
                return faulty ? Mono.error(new IllegalStateException("was asked for")) : super.commit(commit);
            }
        });
        return made;
    }

    private List<Asker> twelveIncrements() {
        return IntStream.range(0, 12)
                .mapToObj(n -> instance.ask(0, increment("a")))
                .toList();
    }

    private static List<String> heard(List<Asker> askers) {
        return askers.stream().flatMap(asker -> asker.heard().stream()).toList();
    }

    private static List<String> versionsFrom1To12() {
        return IntStream.rangeClosed(1, 12).mapToObj(n -> "version " + n).toList();
    }

    private long version(String id) {
        List<Long> versions = new ArrayList<>();
        store.document(document(id)).subscribe(state -> versions.add(state.version()));
        timeline.runUntil(() -> !versions.isEmpty(), LONGER_THAN_ANY_PAUSE);
        return Objects.requireNonNull(versions.getFirst());
    }
}
