package io.tributary.service.intake;

import static io.tributary.service.lane.Drafts.increment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.lane.Answer;
import io.tributary.service.lane.Instance;
import io.tributary.service.lane.LaneSettings;
import io.tributary.service.lane.Lanes;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryStore.Call;
import io.tributary.service.store.InMemoryStore.Fault;
import io.tributary.service.store.LaneHolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Scheduler;

class CallerIntakeTest {

    private static final int LANE = 0;
    private static final int QUEUE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Timeline timeline = new Timeline();
    private final Scheduler wire = timeline.thread(() -> Duration.ofMillis(5));
    private final InMemoryStore store = new InMemoryStore(1, wire::schedule);
    private final Lanes lanes = new Instance(
                    "one",
                    LaneSettings.DEFAULT.withLanes(1).withQueueLength(QUEUE),
                    PublisherSettings.DEFAULT,
                    store,
                    new FakeChangelog(new FakeChangelog.Broker(), timeline::thread),
                    Instance.NOBODY,
                    timeline,
                    timeline::thread)
            .lanes();
    private final CallerIntake intake =
            new CallerIntake(lanes, document -> LANE, new FakeForwarding(), PATIENCE, timeline.thread());
    private final List<Answer> answers = new ArrayList<>();

    @BeforeEach
    void ownsTheLane() {
        lanes.assign(Set.of(LANE));
        timeline.runFor(Duration.ofSeconds(1));
    }

    @Test
    void answersWithTheOutcome() {
        submit();
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        Answer.Decided.class,
                        decided -> assertThat(decided.outcome()).isInstanceOf(Outcome.Applied.class));
    }

    @Test
    void sendsAwayWhoFindsNoRoom() {
        IntStream.rangeClosed(0, QUEUE).forEach(n -> submit());

        assertThat(problems()).containsExactly(ProblemType.BUSY);
    }

    @Test
    void forwardsWhatAnotherInstanceOwns() {
        lanes.release(Set.of(LANE)).subscribe();
        timeline.runFor(Duration.ofSeconds(1));
        submit();

        assertThat(answers).containsExactly(FakeForwarding.ANSWER);
    }

    @Test
    void forwardsAWriteWhoseLaneLeavesWhileItWaits() {
        submit();
        lanes.release(Set.of(LANE)).subscribe();
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(answers).containsExactly(FakeForwarding.ANSWER);
        assertThat(version()).isZero();
    }

    @Test
    void sendsAwayWhoComesWhileTheServiceStops() {
        lanes.drain().subscribe();
        submit();

        assertThat(problems()).containsExactly(ProblemType.UNAVAILABLE);
    }

    /** The write is still queued, so it can be taken back. */
    @Test
    void knowsThatNothingWasAppliedWhenAQueuedCallerLosesPatience() {
        try (LaneHolder holder = store.hold(LANE)) {
            submit();
            timeline.runFor(PATIENCE.dividedBy(2));
            assertThat(holder.isWaitedFor()).isTrue();
            submit();
            timeline.runFor(PATIENCE);
        }
        timeline.runFor(PATIENCE);

        assertThat(problems()).containsExactly(ProblemType.OUTCOME_UNKNOWN, ProblemType.UNAVAILABLE);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void doesNotKnowTheOutcomeWhenACallerLosesPatienceWhoseWriteIsUnderWay() {
        store.failNext(Call.COMMIT, Fault.ANSWER_LOST);
        store.fail(call -> call == Call.FENCE ? Fault.AWAY : Fault.NONE);
        submit();
        timeline.runFor(PATIENCE.plusSeconds(1));

        assertThat(problems()).containsExactly(ProblemType.OUTCOME_UNKNOWN);
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void appliesTheWriteOfACallerWhoGoesAway() {
        Disposable caller = submit();
        caller.dispose();
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(answers).isEmpty();
        assertThat(version()).isEqualTo(1);
    }

    @Test
    void submitsNothingBeforeItIsSubscribedTo() {
        var unused = intake.submit(increment("a"), 0, null, null);
        timeline.runFor(Duration.ofSeconds(1));

        assertThat(version()).isZero();
    }

    private Disposable submit() {
        return intake.submit(increment("a"), 0, null, null).subscribe(answers::add);
    }

    private List<ProblemType> problems() {
        return answers.stream()
                .filter(Answer.GivenUp.class::isInstance)
                .map(answer -> ((Answer.GivenUp) answer).problem().type())
                .toList();
    }

    private long version() {
        var document = store.document(increment("a").document()).toFuture();
        timeline.runFor(Duration.ofSeconds(1));
        return Objects.requireNonNull(document.join()).version();
    }
}
