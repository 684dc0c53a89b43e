package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.Turn;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Commits the atomic batches that wait, many of them together: under the locks of all their lanes, in one transaction, all
 * or nothing. Single writes go on in between; lanes that no batch touches are not locked. Callers' batches wait here,
 * those that are records in the lanes of their partitions, whose next record they have to be.
 *
 * <p>The lane of a batch's first document is its home, and is one of this committer's. The others may belong to anybody: the
 * locks make sure of that order, and their owners {@linkplain LaneListener#visited are told}.
 *
 * <p>{@link #offer} is for any thread, all else belongs to the committer's.
 */
final class AtomicBatches {

    private static final Logger log = LoggerFactory.getLogger(AtomicBatches.class);

    private static final int QUEUE_LENGTH = 256;
    private static final int MOST_AT_ONCE = 64;

    private final int committer;
    private final Batcher batcher;
    private final Session session;
    private final Planning planning;
    private final LaneSettings settings;
    private final Budget budget;
    private final Settlement settlement;
    private final LaneListener listener;
    private final Scheduler scheduler;
    private final Function<LanePlan, Turn> turns;
    private final CommitObserver observer;

    private final ArrayBlockingQueue<BatchCall> waiting = new ArrayBlockingQueue<>(QUEUE_LENGTH);
    private final Deque<BatchCall> first = new ArrayDeque<>();
    private int share = MOST_AT_ONCE;
    private boolean recordsFirst;

    /**
     * @param budget the memory of all that waits in this instance
     * @param turns makes the turn of a lane that is planned
     */
    AtomicBatches(
            int committer,
            Batcher batcher,
            Session session,
            Planning planning,
            LaneSettings settings,
            Budget budget,
            Settlement settlement,
            LaneListener listener,
            Scheduler scheduler,
            Function<LanePlan, Turn> turns,
            CommitObserver observer) {
        this.committer = committer;
        this.batcher = batcher;
        this.session = session;
        this.planning = planning;
        this.settings = settings;
        this.budget = budget;
        this.settlement = settlement;
        this.listener = listener;
        this.scheduler = scheduler;
        this.turns = turns;
        this.observer = observer;
    }

    /** Queues a batch whose home is one of this committer's lanes. */
    Admission offer(BatchCall call) {
        if (!budget.take(call.bytes())) {
            return Admission.FULL;
        }
        if (waiting.offer(call)) {
            return Admission.QUEUED;
        }
        budget.give(call.bytes());
        return Admission.FULL;
    }

    /** Whether there is nothing that could be committed. */
    boolean idle() {
        return waiting.isEmpty() && first.isEmpty() && batcher.lanes().stream().noneMatch(batcher::isAtABatch);
    }

    /** Answers all who wait, because the store is away. */
    void answerCallers() {
        waiting.drainTo(first);
        while (!first.isEmpty()) {
            budget.give(first.getFirst().bytes());
            answer(first.removeFirst(), Batcher.notApplied("the database is away; nothing was applied"));
        }
    }

    /** Commits what waits, if anything does. Errs when the store has to be waited for; the batches wait again then. */
    Mono<Void> commit() {
        List<BatchCall> calls = take();
        if (calls.isEmpty()) {
            return Mono.empty();
        }
        Set<Integer> lanes = new HashSet<>();
        Set<DocumentName> documents = new HashSet<>();
        Set<IdempotencyKey> keys = new HashSet<>();
        for (BatchCall call : calls) {
            lanes.addAll(call.touched());
            documents.addAll(call.lanes().keySet());
            if (call.key() != null) {
                keys.add(call.key());
            }
        }
        Map<Integer, Long> epochs = lanes.stream().collect(toMap(lane -> lane, this::epoch));
        AtomicReference<@Nullable BatchPlan> planned = new AtomicReference<>();
        long start = System.nanoTime();
        return session.commitLocked(epochs, documents, keys, locked -> {
                    BatchPlan plan = new BatchPlan(calls, locked, planning, settings.batchBytes());
                    planned.set(plan);
                    return plan.commit(plan.lanes().stream().map(turns).toList());
                })
                .publishOn(scheduler)
                .<Supplier<Mono<Void>>>map(
                        receipt -> () -> carriedOut(Objects.requireNonNull(planned.get()), receipt, start))
                .onErrorResume(StoreException.class, failure -> Mono.just(() -> failed(calls, planned.get(), failure)))
                .flatMap(Supplier::get);
    }

    private long epoch(int lane) {
        return batcher.isOpen(lane) ? batcher.lane(lane).state().epoch() : Session.ANY_EPOCH;
    }

    /** Now callers' batches first, now records: a refused value among them can be found only where each may be alone. */
    private List<BatchCall> take() {
        recordsFirst = !recordsFirst;
        List<BatchCall> taken = new ArrayList<>();
        if (recordsFirst) {
            takeRecords(taken);
        }
        takeCalls(taken);
        if (!recordsFirst) {
            takeRecords(taken);
        }
        return taken;
    }

    private void takeRecords(List<BatchCall> taken) {
        int before;
        do {
            before = taken.size();
            for (Lane lane : batcher.lanes()) {
                if (taken.size() < share && batcher.isAtABatch(lane)) {
                    taken.add(batcher.takeBatch(lane));
                }
            }
        } while (taken.size() > before);
    }

    /** The batches whose home is open; the others are answered. */
    private void takeCalls(List<BatchCall> taken) {
        while (taken.size() < share) {
            BatchCall next = first.isEmpty() ? waiting.poll() : first.pollFirst();
            if (next == null) {
                return;
            }
            budget.give(next.bytes());
            if (!batcher.isOpen(next.home())) {
                next.caller().turnAway();
            } else if (next.caller().begin()) {
                taken.add(next);
            }
        }
    }

    private void putBack(List<BatchCall> calls) {
        for (BatchCall call : calls.reversed()) {
            if (call.original() != null) {
                batcher.lane(call.home()).putBack(call, System.nanoTime());
                continue;
            }
            call.caller().waitAgain();
            budget.takeAnyhow(call.bytes());
            first.addFirst(call);
        }
    }

    private Mono<Void> carriedOut(BatchPlan plan, Receipt receipt, long start) {
        List<LanePlan> lanes = plan.lanes();
        putBack(plan.leftOver());
        if (receipt.taken().size() < lanes.size()) {
            putBack(plan.decided());
            Set<Integer> doubtful = own(lanes).map(LanePlan::lane).collect(toSet());
            doubtful.addAll(plan.missing());
            return settlement.lookAfter(doubtful);
        }
        own(lanes).forEach(settlement::settle);
        plan.answer(observer);
        tellOthers(lanes);
        share = Math.min(MOST_AT_ONCE, share * 2);
        observer.committed(
                committer,
                lanes.size(),
                plan.decided().stream()
                        .mapToInt(call -> call.batch().writes().size())
                        .sum(),
                lanes.stream().mapToInt(LanePlan::documents).sum(),
                Duration.ofNanos(System.nanoTime() - start));
        return plan.missing().isEmpty() ? Mono.empty() : settlement.lookAfter(plan.missing());
    }

    private Stream<LanePlan> own(List<LanePlan> lanes) {
        return lanes.stream().filter(lane -> batcher.isOpen(lane.lane()));
    }

    private void tellOthers(List<LanePlan> lanes) {
        lanes.stream().map(LanePlan::lane).filter(lane -> !batcher.isOpen(lane)).forEach(listener::visited);
    }

    private Mono<Void> failed(List<BatchCall> calls, @Nullable BatchPlan plan, StoreException failure) {
        observer.failed(committer, failure.kind().name().toLowerCase(Locale.ROOT));
        return switch (failure.kind()) {
            case UNKNOWN -> plan == null ? notApplied(calls, failure) : findOut(plan, failure);
            case NOT_APPLIED, AWAY -> notApplied(calls, failure);
            case REFUSED, WRONG_VERSION -> isolated(calls, failure);
        };
    }

    private Mono<Void> notApplied(List<BatchCall> calls, StoreException failure) {
        putBack(calls);
        return Mono.error(failure);
    }

    /** The store refuses some value: ever fewer batches are tried together, until the culprit stands alone. */
    private Mono<Void> isolated(List<BatchCall> calls, StoreException refusal) {
        if (calls.size() > 1) {
            share = calls.size() / 2;
            putBack(calls);
            return Mono.empty();
        }
        log.warn("committer {}: the store refuses a batch, which is answered so: {}", committer, refusal.getMessage());
        refuse(calls.getFirst(), Problem.of(ProblemType.BAD_VALUE, "the database refuses to store this batch"));
        return Mono.empty();
    }

    private void refuse(BatchCall call, Problem problem) {
        Entry.Original original = call.original();
        if (original == null) {
            answer(call, problem);
        } else {
            Entry refused = new Entry.Passed(original.source().offset(), BatchPlan.refusal(call, original, problem));
            batcher.lane(call.home()).putBack(List.of(refused), System.nanoTime());
        }
    }

    /** Asks in its own lanes alone, among them all homes: what holds for one lane holds for all. */
    private Mono<Void> findOut(BatchPlan plan, StoreException failure) {
        return settlement
                .findOut(plan.id(), own(plan.lanes()).toList(), failure)
                .doOnNext(verdict -> {
                    putBack(plan.leftOver());
                    switch (verdict) {
                        case APPLIED -> {
                            plan.answer(observer);
                            tellOthers(plan.lanes());
                        }
                        case NOT_APPLIED -> putBack(plan.decided());
                        case UNKNOWN -> leaveOpen(plan.decided());
                    }
                })
                .then();
    }

    /** A record waits again: where it was applied, the offset of its lane says so. */
    private void leaveOpen(List<BatchCall> calls) {
        for (BatchCall call : calls.reversed()) {
            if (call.original() == null) {
                answer(call, Settlement.outcomeUnknown());
            } else {
                putBack(List.of(call));
            }
        }
    }

    private static void answer(BatchCall call, Problem problem) {
        call.caller().answer(new Answer.GivenUp(problem));
    }
}
