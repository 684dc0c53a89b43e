package io.tributary.service.lane;

import static java.util.stream.Collectors.toMap;

import io.tributary.service.changelog.Publisher;
import io.tributary.service.store.Commit;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.Turn;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Commits what waits in some lanes, batch after batch, over one session.
 *
 * <p>The way of a batch ({@link #cycle}): {@linkplain Tenure take over} lanes that were assigned, {@link Batcher#take take}
 * what waits, {@link Loader#load load} the documents that are not cached, {@link #plan} (apply the writes, in memory), commit
 * all lanes in one statement, {@linkplain Settlement settle}: only then are callers answered and changes handed to the
 * publisher. A batch waits for no timer: it is what gathered while the one before was being committed. Where that is a lot,
 * the next one is made ready {@linkplain Ahead ahead}; one statement is under way at any time all the same.
 *
 * <p>Whatever fails, its entries are put back or answered before anything else is done, and the {@link Batcher} remembers
 * how to go about the lane next time.
 *
 * <p>All of it runs on one thread, the scheduler's, but for the planning under locks, which the store calls while that
 * thread has nothing to do, and the sending of what is ahead. {@link #wake}, {@link #execute} and {@link #available} are for
 * any.
 */
final class Committer {

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /** More would make a commit slow that comes after an outage of the broker; one turn is made with each commit. */
    private static final int TURNS_SWEPT_AT_ONCE = 64;

    /** How long it may take until a lane that nobody writes to notices that another instance was its owner meanwhile. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final int number;
    private final Batcher batcher;
    private final int enough;
    private final Session session;
    private final Publisher publisher;
    private final Planning planning;
    private final LaneSettings settings;
    private final Scheduler scheduler;
    private final StoreWatch store;
    private final Tenure tenure;
    private final Settlement settlement;
    private final AtomicBatches atomic;
    private final Loader loader;
    private final Ahead ahead;
    private final CommitObserver observer;

    /** Zero when there is nothing to do; else one, and one more for each wake-up since somebody looked what waits. */
    private final AtomicInteger wakeUps = new AtomicInteger();

    private final Queue<Runnable> commands = new ConcurrentLinkedQueue<>();
    private final Disposable looks;
    private boolean lookDue;
    private @Nullable Flight underWay;

    Committer(
            int number,
            String owner,
            List<Lane> lanes,
            Session session,
            Session reader,
            Publisher publisher,
            Planning planning,
            LaneSettings settings,
            Budget budget,
            Scheduler scheduler,
            LaneListener listener,
            CommitObserver observer) {
        this.number = number;
        this.batcher = new Batcher(lanes, settings, listener, observer);
        this.enough = batcher.enough();
        this.session = session;
        this.publisher = publisher;
        this.planning = planning;
        this.settings = settings;
        this.scheduler = scheduler;
        this.store = new StoreWatch(number, settings.retry(), scheduler, this::answerCallers);
        this.tenure = new Tenure(owner, batcher, session, store, publisher, listener, scheduler, this::execute);
        this.settlement = new Settlement(number, batcher, tenure, session, store, publisher, scheduler, observer);
        this.atomic = new AtomicBatches(
                number,
                batcher,
                session,
                planning,
                settings,
                budget,
                settlement,
                listener,
                scheduler,
                this::turnOf,
                observer);
        this.loader = new Loader(batcher, session, scheduler);
        this.ahead = new Ahead(batcher, settings, planning, reader, this::statement, scheduler);
        this.observer = observer;
        this.looks = scheduler.schedulePeriodically(
                () -> execute(() -> lookDue = true), LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the store answered when it was last asked. */
    boolean available() {
        return !store.away();
    }

    /** Says that there is work. */
    void wake() {
        int before = wakeUps.getAndIncrement();
        if (before == 0) {
            scheduler.schedule(this::next);
        } else if (before == enough) {
            scheduler.schedule(this::lookAhead);
        }
    }

    /** Queues an atomic batch whose home is one of this committer's lanes; never blocks. */
    Admission offer(BatchCall call) {
        return atomic.offer(call);
    }

    /** Makes a lane this instance's, as soon as the store answers. */
    void assign(Lane lane) {
        execute(() -> tenure.assign(lane));
    }

    /** Gives a lane up; completes when nothing of it is under way. */
    Mono<Void> release(Lane lane) {
        Sinks.Empty<Void> released = Sinks.empty();
        execute(() -> {
            tenure.release(lane);
            released.tryEmitEmpty();
        });
        return released.asMono();
    }

    /** Completes when nothing waits. Lanes are not looked after any more then. */
    Mono<Void> drained() {
        Sinks.Empty<Void> drained = Sinks.empty();
        execute(() -> emitWhenIdle(drained));
        return drained.asMono();
    }

    private void emitWhenIdle(Sinks.Empty<Void> drained) {
        if (batcher.idle() && atomic.idle()) {
            looks.dispose();
            drained.tryEmitEmpty();
        } else {
            commands.add(() -> emitWhenIdle(drained));
        }
    }

    /** Runs a command between two batches, when nothing is under way. */
    private void execute(Runnable command) {
        commands.add(command);
        wake();
    }

    private void next() {
        wakeUps.set(1);
        Mono.defer(this::cycle).publishOn(scheduler).subscribe(nothing -> {}, this::goOnAfter, () -> {
            if (hasWork() || !wakeUps.compareAndSet(1, 0)) {
                scheduler.schedule(this::next);
            } else {
                settlement.tell();
            }
        });
    }

    private void goOnAfter(Throwable fault) {
        log.error("committer {}: a fault of the program; its lanes are taken over anew", number, fault);
        commands.add(tenure::startOver);
        scheduler.schedule(this::next, settings.retry().toMillis(), TimeUnit.MILLISECONDS);
        settlement.tell();
    }

    private void answerCallers() {
        batcher.answerCallers();
        atomic.answerCallers();
    }

    private boolean hasWork() {
        return !commands.isEmpty() || ahead.isThere() || !batcher.idle() || !atomic.idle() || tenure.isWanting();
    }

    /** What is ahead comes first, for its plan holds only as long as nothing comes in between. */
    private Mono<Void> cycle() {
        return (ahead.isThere() ? sentAhead() : fresh()).onErrorResume(StoreException.class, this::afterTrouble);
    }

    private Mono<Void> sentAhead() {
        Mono<Void> ended = ended(ahead.take());
        settlement.tell();
        lookAhead();
        return ended;
    }

    private Mono<Void> fresh() {
        int due = commands.size();
        if (due > 0 || tenure.isWanting() || !atomic.idle()) {
            settlement.tell();
        }
        obey(due);
        return tenure.takeOver()
                .then(Mono.defer(this::look))
                .then(Mono.defer(this::batch))
                .then(Mono.defer(this::atomicBatches));
    }

    private void obey(int due) {
        for (int left = due; left > 0; left--) {
            commands.remove().run();
        }
    }

    private Mono<Void> look() {
        Set<Integer> open = tenure.open();
        if (!lookDue || open.isEmpty()) {
            return Mono.empty();
        }
        lookDue = false;
        return settlement.lookAfter(open);
    }

    /** Sends the next statement, or asks for what it needs; then, in the meantime, tells of the one before. */
    private Mono<Void> batch() {
        scheduler.schedule(settlement::tell);
        Map<Integer, List<Entry>> batch = batcher.take();
        if (batch.isEmpty()) {
            return Mono.empty();
        }
        boolean locked = batch.keySet().stream()
                .allMatch(lane -> batcher.lane(lane).care().locked());
        return locked ? commitLocked(batch) : commit(batch);
    }

    private Mono<Void> atomicBatches() {
        if (atomic.idle() || ahead.isThere()) {
            return Mono.empty();
        }
        settlement.tell();
        return atomic.commit();
    }

    private Mono<Void> afterTrouble(StoreException failure) {
        if (failure.kind() == StoreException.Kind.NOT_APPLIED) {
            return store.pause().then();
        }
        store.goAway(failure);
        return store.pause()
                .then(store.untilItAnswers(() -> session.lanes(Set.of())))
                .then(Mono.fromRunnable(store::comeBack));
    }

    private Mono<Void> commit(Map<Integer, List<Entry>> batch) {
        Mono<Plan> plan = loader.load(batch, null).map(loaded -> plan(batch, newest(batch), loaded));
        return ended(Flight.begin(batch, plan, this::statement, Mono.just(true)));
    }

    private Mono<Receipt> statement(Plan plan) {
        scheduler.schedule(this::lookAhead);
        return session.commit(commitOf(plan));
    }

    /** Begins with the next batch while one is under way, unless something else is to come next. */
    private void lookAhead() {
        if (underWay != null && commands.isEmpty() && atomic.idle() && !tenure.isWanting()) {
            ahead.follow(underWay);
            wakeUps.set(1 + batcher.waiting());
        }
    }

    /** Commits under locks, after somebody else held a lane: nobody can come between load and commit again. */
    private Mono<Void> commitLocked(Map<Integer, List<Entry>> batch) {
        Map<Integer, Long> epochs = newest(batch).values().stream().collect(toMap(LaneState::lane, LaneState::epoch));
        return ended(Flight.underLocks(
                batch,
                planned ->
                        session.commitLocked(epochs, loader.documents(batch).keySet(), loader.keys(batch), locked -> {
                            Plan plan = planUnderLock(batch, locked);
                            planned.accept(plan);
                            return commitOf(plan);
                        })));
    }

    private Plan planUnderLock(Map<Integer, List<Entry>> batch, Locked locked) {
        return plan(batch, locked.lanes(), locked.loaded());
    }

    private Plan plan(Map<Integer, List<Entry>> batch, Map<Integer, LaneState> newest, Loaded loaded) {
        return new Plan(batch, newest, planning, loaded, batcher.poisoned(batch), settings.batchBytes());
    }

    private Map<Integer, LaneState> newest(Map<Integer, List<Entry>> batch) {
        return batch.keySet().stream()
                .collect(toMap(lane -> lane, lane -> batcher.lane(lane).state()));
    }

    private Commit commitOf(Plan plan) {
        return plan.commit(plan.lanes().stream().map(this::turnOf).toList());
    }

    private Turn turnOf(LanePlan lane) {
        return lane.turn(
                Math.min(publisher.sweepableTo(lane.lane()), lane.before().oldestTurn() + TURNS_SWEPT_AT_ONCE - 1));
    }

    /**
     * Settles or mends, whichever the end of a flight calls for. That end is turned into a value first: an error of what
     * follows must not be taken for one of the statement, or entries would be put back that are applied.
     */
    private Mono<Void> ended(Flight flight) {
        underWay = flight;
        return flight.end()
                .publishOn(scheduler)
                .doOnTerminate(() -> underWay = null)
                .switchIfEmpty(Mono.fromRunnable(() -> batcher.putBack(flight.batch())))
                .<Supplier<Mono<Void>>>map(receipt -> () -> carriedOut(flight, receipt))
                .onErrorResume(
                        StoreException.class,
                        failure -> Mono.just(() -> ahead.giveBack().then(Mono.defer(() -> failed(flight, failure)))))
                .flatMap(Supplier::get);
    }

    private Mono<Void> carriedOut(Flight flight, Receipt receipt) {
        Plan plan = Objects.requireNonNull(flight.plan());
        observe(plan, flight.sinceSent());
        return Flight.isWhole(plan, receipt) ? settlement.carriedOut(plan, receipt) : carriedOutInPart(plan, receipt);
    }

    private Mono<Void> failed(Flight flight, StoreException failure) {
        Plan plan = flight.plan();
        return plan == null
                ? settlement.failedBeforeThePlan(flight.batch(), failure)
                : settlement.failed(plan, failure);
    }

    /** What is ahead goes back first, behind the entries of the plan; only who asks the store waits until its reader is free. */
    private Mono<Void> carriedOutInPart(Plan plan, Receipt receipt) {
        Mono<Void> free = ahead.giveBack();
        return free.then(settlement.carriedOut(plan, receipt));
    }

    private void observe(Plan plan, Duration taken) {
        int writes =
                plan.lanes().stream().mapToInt(lane -> lane.entries().size()).sum();
        int documents = plan.lanes().stream().mapToInt(LanePlan::documents).sum();
        observer.committed(number, plan.lanes().size(), writes, documents, taken);
    }
}
