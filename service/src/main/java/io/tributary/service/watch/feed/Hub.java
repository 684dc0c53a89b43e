package io.tributary.service.watch.feed;

import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.name.DocumentName;
import io.tributary.service.watch.log.Alignment;
import io.tributary.service.watch.log.Positions;
import io.tributary.service.watch.log.Unit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Hands each change of the changelog to those who watch its document. Whoever joins gets all changes behind a position, once
 * and in order: those that were given out before from what is {@linkplain Recent recent}, the others as they come.
 *
 * <p>Thread-safe. Watchers are called under its lock, so that nothing comes between joining and the next change.
 */
public final class Hub {

    /** How long changes of what is not in the log any more can have been on their way to it. */
    private static final Duration ON_THE_WAY = Duration.ofMinutes(1);

    private final int lanes;
    private final ToIntFunction<DocumentName> laneOf;
    private final long recentBytes;
    private final InstantSource clock;
    private final Audience audience = new Audience();
    private final CompletableFuture<Void> ready = new CompletableFuture<>();
    private @Nullable Log log;

    /** What is known of the changelog once it is read. */
    private static final class Log {

        private final long identity;
        private final Positions ends;
        private final Positions.Moving given;
        private final Recent recent;
        private final Instant[] times;
        private Alignment alignment;

        private Log(long identity, Positions from, Positions ends, Recent recent, Instant begun, Alignment alignment) {
            this.identity = identity;
            this.ends = ends;
            this.given = from.moving();
            this.recent = recent;
            this.times = new Instant[from.lanes()];
            Arrays.fill(times, begun);
            this.alignment = alignment;
        }
    }

    /** What becomes of who wants to join. */
    public enum Joining {
        /** All that was given out before was taken; what comes now will be given at once. */
        JOINED,
        /** Something was taken, and there is more than the watcher had room for. */
        MORE,
        /** What comes next is not recent any more and has to be read from the changelog. */
        BEHIND
    }

    /**
     * @param lanes how many there are
     * @param laneOf the lane of a document
     * @param recentBytes how much of what was given out is kept
     */
    public Hub(int lanes, ToIntFunction<DocumentName> laneOf, long recentBytes, InstantSource clock) {
        this.lanes = lanes;
        this.laneOf = laneOf;
        this.recentBytes = recentBytes;
        this.clock = clock;
    }

    /** Completes when what was in the changelog at the beginning is read. */
    public Mono<Void> ready() {
        return Mono.fromFuture(ready, true);
    }

    /** The lanes that changes of what is watched can lie in. */
    public int[] lanes(Watched watched) {
        return switch (watched) {
            case Watched.OfDocument(var name) -> new int[] {laneOf.applyAsInt(name)};
            case Watched.OfCollection collection -> IntStream.range(0, lanes).toArray();
        };
    }

    /** The lane of a document. */
    public int lane(DocumentName document) {
        return laneOf.applyAsInt(document);
    }

    // ---- for who reads the changelog ----

    /**
     * Says where reading begins. Called once.
     *
     * @param identity tells the changelog from others
     * @param ends where the lanes ended then
     */
    synchronized void begin(long identity, Positions from, Positions ends) {
        log = new Log(
                identity,
                from,
                ends,
                new Recent(from, recentBytes),
                clock.instant().minus(ON_THE_WAY),
                new Alignment(byLane(from), this::give));
        checkReady();
    }

    /** The positions to read on from after an interruption. What was held back then is read again. */
    synchronized Positions again() {
        Log its = log();
        its.alignment = new Alignment(byLane(its.given.now()), this::give);
        return its.given.now();
    }

    /** Takes the next record of a lane. */
    synchronized void add(LaneRecord record) {
        Log its = log();
        its.recent.first(record);
        its.alignment.add(record);
        checkReady();
    }

    /** Changes of a lane are missing before a sequence: who watches there begins anew. */
    synchronized void gap(int lane, long found) {
        Log its = log();
        its.alignment.giveOutAll();
        its.given.move(lane, new LanePosition(its.given.now().at(lane).offset(), found - 1));
        its.recent.clear(its.given.now());
        its.alignment = new Alignment(byLane(its.given.now()), this::give);
        for (Watcher watcher : audience.all()) {
            if (IntStream.of(lanes(watcher.watched())).anyMatch(each -> each == lane)) {
                audience.remove(watcher);
                watcher.missed();
            }
        }
    }

    /** Another second has passed: nothing is held back for ever. */
    public synchronized void tick() {
        if (log != null) {
            log.alignment.tick();
        }
    }

    private void give(Unit unit) {
        Log its = log();
        its.recent.add(unit);
        Set<Watcher> told = new LinkedHashSet<>();
        for (LaneRecord record : unit.records()) {
            its.given.pass(record);
            record.change().ifPresent(change -> its.times[record.lane()] = change.time());
            audience.of(record, (watcher, match) -> {
                if (!watcher.take(record, match, its.given.now())) {
                    audience.remove(watcher);
                } else if (unit.isBatch()) {
                    told.add(watcher);
                }
            });
        }
        told.forEach(watcher -> watcher.wholeBatch(its.given.now()));
    }

    private void checkReady() {
        Log its = log();
        if (!ready.isDone() && its.given.now().reach(its.ends)) {
            ready.complete(null);
        }
    }

    // ---- for watchers ----

    public boolean isReady() {
        return ready.isDone();
    }

    /** How far the changelog was given out. Only once it is ready. */
    public synchronized Mark mark() {
        Log its = log();
        return new Mark(its.given.now(), Arrays.asList(its.times), its.recent.place());
    }

    /** Tells the changelog from others that positions may have come from. Only once it is ready. */
    public synchronized long identity() {
        return log().identity;
    }

    /** As {@link #mark}, positions alone. */
    public synchronized Positions positions() {
        return log().given.now();
    }

    /** Whether a record is a change of what is watched, matching or not. Looks into the record only if its key says so. */
    public static boolean concerns(Watched watched, LaneRecord record) {
        return Audience.concerns(watched, record);
    }

    /** Whether what a change leaves behind matches. */
    public static Match match(Watched watched, LaneRecord record) {
        return Audience.match(watched, record.change().orElseThrow());
    }

    /** Whether what follows behind positions is recent, as far as it matters for what is watched. */
    public synchronized boolean covers(Watched watched, Positions from) {
        return isRecent(log(), watched, from);
    }

    /**
     * Gives a watcher what it watches behind a mark, and from then on what comes; until it has no room, or {@link #leave}s.
     * Called on the watcher's own thread.
     */
    public synchronized Joining join(Watcher watcher, Mark behind) {
        Log its = log();
        Positions from = behind.positions();
        if (!isRecent(its, watcher.watched(), from)) {
            return Joining.BEHIND;
        }
        Positions.Moving reached = from.moving();
        for (Unit unit : its.recent.since(behind.place())) {
            if (!isTaken(unit, watcher, reached)) {
                return Joining.MORE;
            }
        }
        if (watcher.joined(its.given.now())) {
            audience.add(watcher);
        }
        return Joining.JOINED;
    }

    private boolean isRecent(Log its, Watched watched, Positions from) {
        return IntStream.of(lanes(watched)).allMatch(lane -> its.recent.covers(lane, from.at(lane)));
    }

    private static boolean isTaken(Unit unit, Watcher watcher, Positions.Moving reached) {
        boolean hasRoom = true;
        boolean told = false;
        for (LaneRecord record : unit.records()) {
            if (record.sequence() > reached.sequence(record.lane())) {
                reached.pass(record);
                if (Audience.concerns(watcher.watched(), record)) {
                    hasRoom &= watcher.take(record, match(watcher.watched(), record), reached.now());
                    told = true;
                }
            }
        }
        if (told && unit.isBatch()) {
            watcher.wholeBatch(reached.now());
        }
        return hasRoom;
    }

    /** Gives a watcher nothing more; how far it was given what there is. Only once it is ready. */
    public synchronized Mark leave(Watcher watcher) {
        audience.remove(watcher);
        return mark();
    }

    /** Gives a watcher nothing more, whether it has joined or not. */
    public synchronized void forget(Watcher watcher) {
        audience.remove(watcher);
    }

    private Log log() {
        if (log == null) {
            throw new IllegalStateException("the changelog is not read yet");
        }
        return log;
    }

    private static Map<Integer, LanePosition> byLane(Positions positions) {
        Map<Integer, LanePosition> byLane = new TreeMap<>();
        for (int lane = 0; lane < positions.lanes(); lane++) {
            byLane.put(lane, positions.at(lane));
        }
        return byLane;
    }
}
