package io.tributary.service.watch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.Store;
import io.tributary.service.watch.feed.Follower;
import io.tributary.service.watch.feed.Hub;
import io.tributary.service.watch.feed.Watched;
import io.tributary.service.watch.log.ChangelogSource;
import io.tributary.service.watch.log.Positions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * All watches of this instance, and what they share: the reading of the changelog, the places for who reads pages or catches
 * up, one clock for all heart-beats. Thread-safe.
 */
public final class Watches {

    private static final Logger log = LoggerFactory.getLogger(Watches.class);

    private final Hub hub;
    private final Follower follower;
    private final ChangelogSource source;
    private final Store store;
    private final WatchSettings settings;
    private final Scheduler judging;
    private final Scheduler blocking;
    private final Permits pages;
    private final Permits catchUps;
    private final long seconds;

    /** All watches, with the second in which each one's heart beats. */
    private final Map<Watch, Long> watches = new ConcurrentHashMap<>();

    private final AtomicLong opened = new AtomicLong();
    private final AtomicLong slow = new AtomicLong();
    private final AtomicLong resets = new AtomicLong();
    private final AtomicLong catchingUp = new AtomicLong();
    private final AtomicLong waitingBytes = new AtomicLong();
    private final Sinks.Empty<Void> stop = Sinks.empty();
    private volatile boolean stopping;
    private long ticks;
    private Disposable ticking = Disposables.disposed();

    /**
     * @param judging where pages are judged, and time is kept
     * @param blocking where what may block is begun
     */
    public Watches(
            Hub hub,
            Follower follower,
            ChangelogSource source,
            Store store,
            WatchSettings settings,
            Scheduler judging,
            Scheduler blocking) {
        this.hub = hub;
        this.follower = follower;
        this.source = source;
        this.store = store;
        this.settings = settings;
        this.judging = judging;
        this.blocking = blocking;
        this.pages = new Permits(settings.snapshots());
        this.catchUps = new Permits(settings.catchingUp());
        this.seconds = Math.max(1, settings.heartBeat().toSeconds());
    }

    /** Lets hearts beat. */
    public void start() {
        ticking = judging.schedulePeriodically(this::tickOn, 1, 1, TimeUnit.SECONDS);
    }

    private void tickOn() {
        try {
            tick();
        } catch (RuntimeException bug) {
            log.error("Hearts miss a beat", bug);
        }
    }

    /**
     * A watch for a reader, who has to {@link Watch#cancel} it in the end.
     *
     * @throws ProblemException {@code bad-value} when the token is not one of this watch, {@code busy} when there are too many
     *     watches, {@code unavailable} while the service stops
     */
    public Watch open(WatchRequest request, WatchReader reader) {
        if (stopping) {
            throw problem(ProblemType.UNAVAILABLE, "the service stops; another instance, or this one later, goes on");
        }
        if (watches.size() >= settings.most()) {
            throw problem(ProblemType.BUSY, "there are " + settings.most() + " watches already");
        }
        Watch watch = new Watch(this, hub, request, reader);
        watches.put(watch, opened.getAndIncrement() % seconds);
        follower.start();
        hub.ready().subscribe(nothing -> {}, fault -> {}, watch::start);
        if (stopping) {
            watch.finish();
        }
        return watch;
    }

    /** Ends all watches, each behind what waits for its reader, and begins no more. */
    public void stop() {
        stopping = true;
        ticking.dispose();
        stop.tryEmitEmpty();
        watches.keySet().forEach(Watch::finish);
        follower.stop();
    }

    /** Completes when no watch is begun any more. */
    public Mono<Void> stopping() {
        return stop.asMono();
    }

    /** Another second has passed. */
    void tick() {
        ticks++;
        hub.tick();
        Positions given = hub.isReady() ? hub.positions() : null;
        watches.forEach((watch, second) -> {
            if (ticks % seconds == second) {
                watch.beat(given);
            }
        });
    }

    private static ProblemException problem(ProblemType type, String detail) {
        return new ProblemException(Problem.of(type, detail));
    }

    // ---- for watches ----

    WatchSettings settings() {
        return settings;
    }

    Snapshot snapshot(Watched watched) {
        return new Snapshot(store, watched);
    }

    /** Reads a page as soon as there is room, and hands it on, or why there is none. */
    void page(Mono<List<DocumentState>> page, Consumer<List<DocumentState>> there, Consumer<Throwable> failed) {
        pages.acquire(
                () -> page.publishOn(judging).doFinally(end -> pages.release()).subscribe(there, failed));
    }

    /** Lets a watch read the changelog for itself as soon as there is room. */
    void catchUp(Watch watch, Positions from) {
        catchUps.acquire(() -> blocking.schedule(() -> beginCatchUp(watch, from)));
    }

    private void beginCatchUp(Watch watch, Positions from) {
        catchingUp.incrementAndGet();
        CatchUp reading = new CatchUp(hub, watch, from, this::endCatchUp);
        if (!watch.isCatchingUp(reading)) {
            reading.stop();
            return;
        }
        try {
            reading.start(source);
        } catch (RuntimeException e) {
            reading.failed(e);
        }
    }

    private void endCatchUp() {
        catchingUp.decrementAndGet();
        catchUps.release();
    }

    void waitingChanged(long bytes) {
        waitingBytes.addAndGet(bytes);
    }

    boolean isFull() {
        return waitingBytes.get() > settings.allWaitingBytes();
    }

    void wasSlow() {
        slow.incrementAndGet();
    }

    void wasReset() {
        resets.incrementAndGet();
    }

    void ended(Watch watch) {
        watches.remove(watch);
    }

    // ---- for operators ----

    /** How many watches there are. */
    public int count() {
        return watches.size();
    }

    /** How many of them read the changelog for themselves. */
    public long catchingUp() {
        return catchingUp.get();
    }

    /** What waits for readers, roughly, in bytes. */
    public long waitingBytes() {
        return waitingBytes.get();
    }

    /** How many watches were ended since their readers were too slow. */
    public long slow() {
        return slow.get();
    }

    /** How often a watch had to begin anew. */
    public long resets() {
        return resets.get();
    }
}
