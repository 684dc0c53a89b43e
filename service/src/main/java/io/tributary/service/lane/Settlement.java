package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.lane.LostAnswer.Finding;
import io.tributary.service.lane.LostAnswer.Verdict;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * What follows a commit statement. Lanes that were taken are settled, all of them, before anything else is asked of the
 * store; entries of the others are put back, answered or {@linkplain LostAnswer looked for}, and never applied twice.
 * Callers and publisher are {@linkplain #tell told} a moment later, when the next statement is on its way, for the store
 * need not wait for that; or at once when there is none. Belongs to the committer's thread.
 */
final class Settlement {

    private static final Logger log = LoggerFactory.getLogger(Settlement.class);

    private final int committer;
    private final Batcher batcher;
    private final Tenure tenure;
    private final Session session;
    private final LostAnswer lostAnswer;
    private final StoreWatch store;
    private final Publisher publisher;
    private final Scheduler scheduler;
    private final CommitObserver observer;

    /** What has still to be told of lanes that are settled. */
    private final List<Settled> untold = new ArrayList<>();

    private record Settled(LanePlan plan, LaneState after) {}

    Settlement(
            int committer,
            Batcher batcher,
            Tenure tenure,
            Session session,
            StoreWatch store,
            Publisher publisher,
            Scheduler scheduler,
            CommitObserver observer) {
        this.committer = committer;
        this.batcher = batcher;
        this.tenure = tenure;
        this.session = session;
        this.lostAnswer = new LostAnswer(session);
        this.store = store;
        this.publisher = publisher;
        this.scheduler = scheduler;
        this.observer = observer;
    }

    // ---- the statement was carried out ----

    /** Settles the lanes that were taken, at once; the result, subscribed to, asks what became of the others. */
    Mono<Void> carriedOut(Plan plan, Receipt receipt) {
        store.committed();
        batcher.putBack(plan.leftOver());
        Set<Integer> missed = plan.lanes().stream()
                .filter(lane -> !settled(lane, receipt))
                .map(LanePlan::lane)
                .collect(Collectors.toSet());
        plan.lost().forEach(lane -> tenure.lose(lane(lane)));
        return missed.isEmpty() ? Mono.empty() : diagnose(missed);
    }

    private boolean settled(LanePlan plan, Receipt receipt) {
        Lane lane = lane(plan.lane());
        if (receipt.taken().contains(plan.lane())) {
            advance(plan, lane.state().epoch());
            batcher.relax(lane);
            return true;
        }
        lane.putBack(plan.entries(), System.nanoTime());
        return false;
    }

    /** Tells callers and publisher what has become of lanes that are settled, in the order of their turns. */
    void tell() {
        if (untold.isEmpty()) {
            return;
        }
        List<Settled> told = List.copyOf(untold);
        untold.clear();
        publisher.committed(told.stream()
                .map(settled ->
                        new Publisher.News(settled.after(), settled.plan().publications()))
                .toList());
        told.forEach(this::answer);
    }

    /** A fault with one lane's callers is none of the next one's. */
    private void answer(Settled settled) {
        try {
            settled.plan().answer(observer);
        } catch (RuntimeException fault) {
            log.error(
                    "lane {}: a fault of the program; callers whose writes are committed may hear nothing",
                    settled.plan().lane(),
                    fault);
        }
    }

    /** Makes a lane what its plan has made of it, now that it is committed, and tells. */
    void settle(LanePlan plan) {
        settle(plan, lane(plan.lane()).state().epoch());
    }

    private void settle(LanePlan plan, long epoch) {
        advance(plan, epoch);
        tell();
    }

    /** A plan that was made under a lock may follow turns that the lane has not heard of. */
    private void advance(LanePlan plan, long epoch) {
        Lane lane = lane(plan.lane());
        LaneState after = plan.after(epoch);
        if (plan.before().turn() != lane.state().turn()) {
            lane.forgetDocuments();
        }
        lane.advance(after);
        plan.remember(lane);
        untold.add(new Settled(plan, after));
    }

    /** Finds out why lanes were not taken. Their entries wait again already, and nothing of them was applied. */
    private Mono<Void> diagnose(Set<Integer> missed) {
        missed.forEach(lane -> batcher.lockNextTime(lane(lane)));
        return lookAfter(missed);
    }

    /** Notices what others have done to open lanes. Tells first: the store may be away. */
    Mono<Void> lookAfter(Set<Integer> lanes) {
        tell();
        return session.lanes(lanes)
                .publishOn(scheduler)
                .doOnNext(states -> lanes.forEach(number -> compare(lane(number), states.get(number))))
                .then();
    }

    private void compare(Lane lane, @Nullable LaneState now) {
        if (now == null || now.epoch() != lane.state().epoch()) {
            tenure.lose(lane);
        } else if (now.turn() != lane.state().turn()) {
            lane.forgetDocuments();
            lane.advance(now);
            publisher.committed(List.of(new Publisher.News(now, null)));
        }
    }

    // ---- the statement failed ----

    Mono<Void> failed(Plan plan, StoreException failure) {
        observer.failed(committer, failure.kind().name().toLowerCase(Locale.ROOT));
        batcher.putBack(plan.leftOver());
        return switch (failure.kind()) {
            case UNKNOWN -> findOut(plan.id(), plan.lanes(), failure).then();
            case WRONG_VERSION -> {
                batcher.putBack(plan);
                doubt(plan);
                yield Mono.empty();
            }
            case REFUSED -> {
                batcher.putBack(plan);
                batcher.suspect(plan.lanes().stream().collect(toMap(LanePlan::lane, LanePlan::entries)), failure);
                yield Mono.empty();
            }
            case NOT_APPLIED, AWAY -> {
                batcher.putBack(plan);
                yield Mono.error(failure);
            }
        };
    }

    /** The statement failed before there was a plan, so nothing was applied. */
    Mono<Void> failedBeforeThePlan(Map<Integer, List<Entry>> batch, StoreException failure) {
        batcher.putBack(batch);
        if (failure.kind() == StoreException.Kind.REFUSED) {
            batcher.suspect(batch, failure);
            return Mono.empty();
        }
        return Mono.error(failure);
    }

    private void doubt(Plan plan) {
        boolean alone = plan.lanes().size() == 1;
        for (LanePlan each : plan.lanes()) {
            Lane lane = lane(each.lane());
            if (!batcher.doubt(lane, alone)) {
                tenure.stop(lane);
            }
        }
    }

    /**
     * Finds out what became of a commit whose answer was lost, and settles its lanes accordingly. Emits what is true of all
     * of them if it was all or nothing.
     */
    Mono<Verdict> findOut(UUID commit, List<LanePlan> lanes, StoreException failure) {
        store.goAway(failure);
        return Flux.fromIterable(lanes)
                .concatMap(lane -> findOut(commit, lane))
                .map(Finding::verdict)
                .reduce((one, other) -> one == Verdict.UNKNOWN ? other : one)
                .defaultIfEmpty(Verdict.APPLIED)
                .doOnNext(verdict -> store.comeBack());
    }

    private Mono<Finding> findOut(UUID commit, LanePlan lane) {
        return store.untilItAnswers(() -> lostAnswer.find(commit, lane.before()))
                .publishOn(scheduler)
                .doOnNext(finding -> conclude(lane, finding));
    }

    private void conclude(LanePlan plan, Finding finding) {
        Lane lane = lane(plan.lane());
        switch (finding.verdict()) {
            case APPLIED -> {
                if (finding.lost()) {
                    plan.answer(observer);
                } else {
                    settle(plan, finding.epoch());
                    batcher.relax(lane);
                }
            }
            case NOT_APPLIED -> {
                if (!finding.lost()) {
                    lane.advance(lane.state().withEpoch(finding.epoch()));
                }
                lane.putBack(plan.entries(), System.nanoTime());
            }
            case UNKNOWN -> plan.entries().forEach(entry -> Batcher.answer(entry, outcomeUnknown()));
        }
        if (finding.lost()) {
            tenure.lose(lane);
        }
    }

    static Problem outcomeUnknown() {
        return Problem.of(
                ProblemType.OUTCOME_UNKNOWN, "the database's answer was lost; repeat the write with the same id");
    }

    private Lane lane(int lane) {
        return batcher.lane(lane);
    }
}
