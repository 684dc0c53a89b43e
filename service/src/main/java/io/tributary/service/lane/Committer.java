package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.document.DocumentState;
import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.lane.LostAnswer.Finding;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.Turn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Commits what waits in some lanes, batch after batch, over one session.
 *
 * <p>The way of a batch ({@link #cycle}): take over lanes that were assigned, {@link Batcher#take take} what waits,
 * {@link #load} the documents that are not cached, {@link #plan} (apply the writes, in memory), commit all lanes in one
 * statement, {@link #settle}: only then are callers answered and changes handed to the publisher. There are no timers: a
 * batch is what gathered while the one before was being committed.
 *
 * <p>Whatever fails, its entries are put back or answered before anything else is done, and the {@link Batcher} remembers
 * how to go about the lane next time. An answer that was lost is {@linkplain LostAnswer looked for}.
 *
 * <p>All of it runs on one thread, the scheduler's; {@link #wake}, {@link #execute} and {@link #available} are for any.
 */
final class Committer {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    private final int number;
    private final String owner;
    private final Batcher batcher;
    private final Session session;
    private final LostAnswer lostAnswer;
    private final Publisher publisher;
    private final Planning planning;
    private final LaneSettings settings;
    private final Scheduler scheduler;
    private final StoreWatch store;
    private final LaneListener listener;
    private final CommitObserver observer;

    private final AtomicInteger wakeUps = new AtomicInteger();
    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();

    Committer(
            int number,
            String owner,
            List<Lane> lanes,
            Session session,
            Publisher publisher,
            Planning planning,
            LaneSettings settings,
            Scheduler scheduler,
            LaneListener listener,
            CommitObserver observer) {
        this.number = number;
        this.owner = owner;
        this.batcher = new Batcher(lanes, settings, listener, observer);
        this.session = session;
        this.lostAnswer = new LostAnswer(session);
        this.publisher = publisher;
        this.planning = planning;
        this.settings = settings;
        this.scheduler = scheduler;
        this.store = new StoreWatch(number, settings.retry(), scheduler, batcher::answerCallers);
        this.listener = listener;
        this.observer = observer;
    }

    /** Whether the store answered when it was last asked. */
    boolean available() {
        return !store.away();
    }

    /** Whether nothing waits; to be asked by a command. */
    boolean idle() {
        return batcher.idle();
    }

    /** Says that there is work. */
    void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            scheduler.schedule(this::next);
        }
    }

    /** Runs a command between two batches, when nothing is under way. */
    void execute(Runnable command) {
        commands.add(command);
        wake();
    }

    private void next() {
        int seen = wakeUps.get();
        cycle().publishOn(scheduler)
                .subscribe(
                        nothing -> {},
                        fault -> {
                            log.error(
                                    "committer {}: a fault of the program; it goes on with the next batch",
                                    number,
                                    fault);
                            scheduler.schedule(this::next, settings.retry().toMillis(), TimeUnit.MILLISECONDS);
                        },
                        () -> {
                            if (hasWork() || wakeUps.addAndGet(-seen) != 0) {
                                scheduler.schedule(this::next);
                            }
                        });
    }

    private boolean hasWork() {
        return !commands.isEmpty()
                || !batcher.idle()
                || batcher.lanes().stream().anyMatch(lane -> lane.ownership() == Ownership.WANTED);
    }

    private Mono<Void> cycle() {
        for (Runnable command = commands.poll(); command != null; command = commands.poll()) {
            command.run();
        }
        return takeOver().then(Mono.defer(this::batch)).onErrorResume(StoreException.class, this::afterTrouble);
    }

    private Mono<Void> batch() {
        SortedMap<Integer, List<Entry>> batch = batcher.take();
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        boolean locked =
                batch.keySet().stream().allMatch(lane -> lane(lane).care().locked());
        return locked ? commitLocked(batch) : commit(batch);
    }

    private Mono<Void> afterTrouble(StoreException failure) {
        if (failure.kind() == StoreException.Kind.NOT_APPLIED) {
            return store.pause().then();
        }
        store.goAway(failure);
        return store.untilItAnswers(() -> session.lanes(Set.of())).then(Mono.fromRunnable(store::comeBack));
    }

    // ---- committing ----

    private Mono<Void> commit(SortedMap<Integer, List<Entry>> batch) {
        return load(batch)
                .publishOn(scheduler)
                .map(loaded -> plan(batch, loaded))
                .onErrorResume(StoreException.class, failure -> notLoaded(batch, failure))
                .flatMap(plan -> ended(session.commit(commitOf(plan)), batch, () -> plan));
    }

    private Mono<Loaded> load(SortedMap<Integer, List<Entry>> batch) {
        Set<DocumentName> unknown = new LinkedHashSet<>();
        Set<IdempotencyKey> keys = new LinkedHashSet<>();
        batch.forEach((number, entries) -> {
            Lane lane = lane(number);
            List<Entry> sound = batcher.sound(entries);
            Plan.documents(sound).stream()
                    .filter(name -> lane.cached(name) == null)
                    .forEach(unknown::add);
            keys.addAll(Plan.keys(number, sound));
        });
        return unknown.isEmpty() && keys.isEmpty() ? Mono.just(Loaded.NOTHING) : session.load(unknown, keys);
    }

    private <T> Mono<T> notLoaded(SortedMap<Integer, List<Entry>> batch, StoreException failure) {
        batcher.putBack(batch);
        if (failure.kind() == StoreException.Kind.REFUSED) {
            batcher.suspect(batch, failure);
            return Mono.empty();
        }
        return Mono.error(failure);
    }

    private Plan plan(SortedMap<Integer, List<Entry>> batch, Loaded loaded) {
        Map<Integer, LaneState> newest = batch.keySet().stream()
                .collect(toMap(lane -> lane, lane -> lane(lane).state()));
        Plan.States states = (lane, name) -> {
            DocumentState cached = lane(lane).cached(name);
            return cached != null ? cached : loaded.documents().get(name);
        };
        return new Plan(batch, newest, planning, states, loaded.outcomes(), batcher::isPoisoned, settings.batchBytes());
    }

    private Commit commitOf(Plan plan) {
        List<Turn> turns = new ArrayList<>();
        for (LanePlan lane : plan.lanes()) {
            turns.add(lane.turn(lane(lane.lane()).sweptTo() + 1, publisher.sweepableTo(lane.lane())));
        }
        return plan.commit(turns);
    }

    /** Commits under locks, after somebody else held a lane: nobody can come between load and commit again. */
    private Mono<Void> commitLocked(SortedMap<Integer, List<Entry>> batch) {
        Map<Integer, Long> epochs = batch.keySet().stream()
                .collect(toMap(lane -> lane, lane -> lane(lane).state().epoch()));
        Set<DocumentName> documents = new LinkedHashSet<>();
        Set<IdempotencyKey> keys = new LinkedHashSet<>();
        batch.forEach((lane, entries) -> {
            documents.addAll(Plan.documents(batcher.sound(entries)));
            keys.addAll(Plan.keys(lane, batcher.sound(entries)));
        });
        AtomicReference<@Nullable Plan> planned = new AtomicReference<>();
        Mono<Receipt> statement = session.commitLocked(epochs, documents, keys, locked -> {
            Plan plan = planUnderLock(batch, locked);
            planned.set(plan);
            return commitOf(plan);
        });
        return ended(statement, batch, planned::get);
    }

    private Plan planUnderLock(SortedMap<Integer, List<Entry>> batch, Locked locked) {
        Map<DocumentName, DocumentState> documents = locked.loaded().documents();
        return new Plan(
                batch,
                locked.lanes(),
                planning,
                (lane, name) -> documents.get(name),
                locked.loaded().outcomes(),
                batcher::isPoisoned,
                settings.batchBytes());
    }

    /**
     * Settles or mends, whichever the statement's end calls for. That end is turned into a value first: an error of what
     * follows must not be taken for one of the statement, or entries would be put back that are applied.
     *
     * @param planned null when the statement failed before there was a plan
     */
    private Mono<Void> ended(
            Mono<Receipt> statement, SortedMap<Integer, List<Entry>> batch, Supplier<@Nullable Plan> planned) {
        long start = System.nanoTime();
        return statement
                .publishOn(scheduler)
                .<Supplier<Mono<Void>>>map(receipt -> () -> {
                    Plan plan = Objects.requireNonNull(planned.get());
                    observe(plan, start);
                    return settle(plan, batch, receipt);
                })
                .onErrorResume(
                        StoreException.class,
                        failure -> Mono.just(() -> {
                            Plan plan = planned.get();
                            return plan == null ? notLoaded(batch, failure) : failed(plan, failure);
                        }))
                .flatMap(Supplier::get);
    }

    private void observe(Plan plan, long start) {
        int writes =
                plan.lanes().stream().mapToInt(lane -> lane.entries().size()).sum();
        int documents =
                plan.lanes().stream().mapToInt(lane -> lane.rows().size()).sum();
        observer.committed(number, plan.lanes().size(), writes, documents, Duration.ofNanos(System.nanoTime() - start));
    }

    // ---- after the statement ----

    /** Settles all lanes that were taken before it asks what became of the others. */
    private Mono<Void> settle(Plan plan, SortedMap<Integer, List<Entry>> batch, Receipt receipt) {
        store.answered();
        batcher.putBack(plan.leftOver());
        Set<Integer> missed = plan.lanes().stream()
                .filter(lane -> !settled(lane, receipt))
                .map(LanePlan::lane)
                .collect(Collectors.toSet());
        batch.forEach((lane, entries) -> {
            if (!plan.leftOver().containsKey(lane)) {
                entries.forEach(entry ->
                        Batcher.answer(entry, Batcher.notApplied("the document's lane has moved to another instance")));
                lose(lane(lane));
            }
        });
        return missed.isEmpty() ? Mono.empty() : diagnose(missed);
    }

    private boolean settled(LanePlan plan, Receipt receipt) {
        Lane lane = lane(plan.lane());
        if (receipt.taken().contains(plan.lane())) {
            settle(plan, lane.state().epoch());
            return true;
        }
        lane.putBack(plan.entries(), System.nanoTime());
        return false;
    }

    private void settle(LanePlan plan, long epoch) {
        Lane lane = lane(plan.lane());
        LaneState after = plan.after(epoch);
        lane.advance(after);
        lane.sweptTo(plan.sweptTo());
        plan.remember(lane);
        batcher.relax(lane, plan.entries());
        publisher.committed(after, plan.publications());
        plan.answer(observer);
    }

    /** Finds out why lanes were not taken. Their entries wait again already, and nothing of them was applied. */
    private Mono<Void> diagnose(Set<Integer> missed) {
        return session.lanes(missed)
                .publishOn(scheduler)
                .doOnNext(states -> missed.forEach(number -> diagnose(lane(number), states.get(number))))
                .then();
    }

    private void diagnose(Lane lane, @Nullable LaneState now) {
        if (now == null || now.epoch() != lane.state().epoch()) {
            lose(lane);
            return;
        }
        if (now.turn() != lane.state().turn()) {
            lane.forgetDocuments();
            lane.advance(now);
            publisher.committed(now, null);
        }
        batcher.lockNextTime(lane);
    }

    private Mono<Void> failed(Plan plan, StoreException failure) {
        observer.failed(number, failure.kind().name().toLowerCase(Locale.ROOT));
        batcher.putBack(plan.leftOver());
        if (failure.kind() == StoreException.Kind.UNKNOWN) {
            return findOut(plan, failure);
        }
        batcher.putBack(plan);
        switch (failure.kind()) {
            case WRONG_VERSION ->
                plan.lanes()
                        .forEach(lane -> doubt(lane(lane.lane()), plan.lanes().size() == 1));
            case REFUSED ->
                batcher.suspect(plan.lanes().stream().collect(toMap(LanePlan::lane, LanePlan::entries)), failure);
            case NOT_APPLIED, AWAY, UNKNOWN -> {
                return Mono.error(failure);
            }
        }
        return Mono.empty();
    }

    private void doubt(Lane lane, boolean wasAlone) {
        if (!batcher.doubt(lane, wasAlone)) {
            log.error(
                    "lane {} is stopped: its documents have other versions in the store than its turns gave them, so"
                            + " something else writes to the documents table. Stop that, then restart the service",
                    lane.number());
            close(lane, Ownership.STOPPED);
            batcher.turnAway(lane);
        }
    }

    private Mono<Void> findOut(Plan plan, StoreException failure) {
        store.goAway(failure);
        return Flux.fromIterable(plan.lanes())
                .concatMap(lane -> store.untilItAnswers(() -> lostAnswer
                        .find(plan.id(), lane(lane.lane()).state())
                        .publishOn(scheduler)
                        .doOnNext(finding -> conclude(lane, finding))))
                .then(Mono.fromRunnable(store::comeBack));
    }

    private void conclude(LanePlan plan, Finding finding) {
        Lane lane = lane(plan.lane());
        switch (finding.verdict()) {
            case APPLIED -> {
                if (finding.lost()) {
                    plan.answer(observer);
                } else {
                    settle(plan, finding.epoch());
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
            lose(lane);
        }
    }

    private static Problem outcomeUnknown() {
        return Problem.of(
                ProblemType.OUTCOME_UNKNOWN, "the database's answer was lost; repeat the write with the same id");
    }

    // ---- ownership ----

    private Mono<Void> takeOver() {
        return Flux.fromIterable(batcher.lanes())
                .filter(lane -> lane.ownership() == Ownership.WANTED)
                .concatMap(lane -> session.takeOver(lane.number(), owner)
                        .publishOn(scheduler)
                        .doOnNext(state -> open(lane, state)))
                .then();
    }

    private void open(Lane lane, LaneState state) {
        lane.open(state);
        publisher.open(state);
        listener.opened(lane.number(), state.nextOffset());
    }

    /** Makes a lane this instance's, as soon as the store answers; a command. */
    void assign(Lane lane) {
        lane.assigned(true);
        if (lane.ownership() == Ownership.FOREIGN) {
            lane.ownership(Ownership.WANTED);
        }
    }

    /** Gives a lane up; a command. */
    void release(Lane lane) {
        lane.assigned(false);
        if (lane.ownership() != Ownership.FOREIGN) {
            close(lane, Ownership.FOREIGN);
        }
        batcher.turnAway(lane);
    }

    /** Another has taken the lane over. While it stays assigned here, it is taken back after a pause. */
    private void lose(Lane lane) {
        log.warn(
                "lane {} was taken over by another instance; while it stays assigned here it is taken back",
                lane.number());
        close(lane, Ownership.FOREIGN);
        batcher.turnAway(lane);
        store.pause()
                .subscribe(paused -> execute(() -> retake(lane)), fault -> log.error("lane {}", lane.number(), fault));
    }

    private void retake(Lane lane) {
        if (lane.assigned()) {
            assign(lane);
        }
    }

    private void close(Lane lane, Ownership ownership) {
        lane.close(ownership);
        publisher.close(lane.number());
        listener.closed(lane.number());
    }

    private Lane lane(int lane) {
        return batcher.lane(lane);
    }
}
