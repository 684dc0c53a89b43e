package io.tributary.service.lane;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.lane.Lane.Care;
import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.store.StoreException;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what goes into the next batch of a committer, takes back what was not applied, and remembers which lanes and
 * entries need care after a failure. Belongs to the committer's thread.
 */
final class Batcher {

    private static final Logger log = LoggerFactory.getLogger(Batcher.class);

    private final Map<Integer, Lane> lanes;
    private final LaneSettings settings;
    private final LaneListener listener;
    private final CommitObserver observer;
    private final Set<Entry> poisoned = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean carefulLast;

    Batcher(Collection<Lane> lanes, LaneSettings settings, LaneListener listener, CommitObserver observer) {
        this.lanes = new TreeMap<>();
        lanes.forEach(lane -> this.lanes.put(lane.number(), lane));
        this.settings = settings;
        this.listener = listener;
        this.observer = observer;
    }

    Lane lane(int number) {
        Lane lane = lanes.get(number);
        if (lane == null) {
            throw new IllegalArgumentException("lane " + number + " belongs to another committer");
        }
        return lane;
    }

    Collection<Lane> lanes() {
        return lanes.values();
    }

    boolean idle() {
        return lanes.values().stream().allMatch(Lane::idle);
    }

    /**
     * Takes the next batch, in the order of lanes: now a lane that needs care, by itself, now all the others, whenever
     * there are both.
     */
    SortedMap<Integer, List<Entry>> take() {
        lanes.values().stream()
                .filter(lane -> lane.ownership() != Ownership.OPEN && !lane.idle())
                .forEach(this::turnAway);
        carefulLast = !carefulLast;
        SortedMap<Integer, List<Entry>> batch = carefulLast ? takeCarefully() : takeFreely();
        if (batch.isEmpty()) {
            batch = carefulLast ? takeFreely() : takeCarefully();
        }
        return batch;
    }

    private SortedMap<Integer, List<Entry>> takeFreely() {
        return takeFrom(
                lanes.values().stream().filter(lane -> !lane.care().alone()).toList());
    }

    private SortedMap<Integer, List<Entry>> takeCarefully() {
        return takeFrom(lanes.values().stream()
                .filter(lane -> lane.care().alone() && !lane.idle())
                .limit(1)
                .toList());
    }

    private SortedMap<Integer, List<Entry>> takeFrom(List<Lane> from) {
        SortedMap<Integer, List<Entry>> batch = new TreeMap<>();
        int share = Math.max(1, settings.batchWrites() / Math.max(1, from.size()));
        long now = System.nanoTime();
        for (Lane lane : from) {
            if (lane.ownership() != Ownership.OPEN || lane.idle()) {
                continue;
            }
            List<Entry> taken = lane.take(
                    Math.min(share, lane.care().share()),
                    since -> observer.waited(lane.number(), Duration.ofNanos(Math.max(0, now - since))));
            if (!taken.isEmpty()) {
                batch.put(lane.number(), taken);
                listener.taken(lane.number());
            }
        }
        return batch;
    }

    /** Takes back entries that were certainly not applied. */
    void putBack(Map<Integer, List<Entry>> entries) {
        entries.forEach((lane, back) -> lane(lane).putBack(back, System.nanoTime()));
    }

    /** Takes back what a plan was to commit. */
    void putBack(Plan plan) {
        plan.lanes().forEach(lane -> lane(lane.lane()).putBack(lane.entries(), System.nanoTime()));
    }

    /** Answers callers, and drops records, that came to a lane which is not open: its owner reads the records again. */
    void turnAway(Lane lane) {
        lane.drain(true)
                .forEach(entry -> answer(entry, notApplied("the document's lane is moving to another instance")));
    }

    /** Answers all callers that wait, because the store is away; records wait on. */
    void answerCallers() {
        lanes.values()
                .forEach(lane -> lane.drain(false)
                        .forEach(entry -> answer(entry, notApplied("the database is away; nothing was applied"))));
    }

    static void answer(Entry entry, Problem problem) {
        if (entry instanceof Entry.Call call) {
            call.caller().answer(new Answer.GivenUp(problem));
        }
    }

    static Problem notApplied(String why) {
        return Problem.of(ProblemType.UNAVAILABLE, why);
    }

    // ---- care ----

    /** The store refuses some value: lanes are committed one by one, then ever fewer entries, until the culprit stands alone. */
    void suspect(Map<Integer, List<Entry>> refused, StoreException refusal) {
        refused.forEach((number, entries) -> {
            boolean alone = refused.size() == 1;
            if (alone && entries.size() == 1) {
                log.warn("lane {}: the store refuses a write, which is answered so: {}", number, refusal.getMessage());
                poisoned.addAll(entries);
            }
            int share = alone ? Math.max(1, entries.size() / 2) : entries.size();
            lane(number).care(new Care(true, share, false, 0));
        });
    }

    /** Whether an entry is to be refused without being tried. */
    boolean isPoisoned(Entry entry) {
        return poisoned.contains(entry);
    }

    /** The entries without the poisoned ones. */
    List<Entry> sound(List<Entry> entries) {
        return poisoned.isEmpty()
                ? entries
                : entries.stream().filter(entry -> !poisoned.contains(entry)).toList();
    }

    /** The store has other versions than a lane. Returns false when that happens again although the lane was alone. */
    boolean doubt(Lane lane, boolean wasAlone) {
        lane.forgetDocuments();
        int strikes = lane.care().strikes();
        lane.care(new Care(true, Integer.MAX_VALUE, false, strikes + 1));
        return !wasAlone || strikes == 0;
    }

    /** Somebody else held the lane. */
    void lockNextTime(Lane lane) {
        lane.care(new Care(true, Integer.MAX_VALUE, true, 0));
    }

    /** A batch went well: the lane gives twice as much next time, up to what is usual. */
    void relax(Lane lane, List<Entry> applied) {
        Care care = lane.care();
        boolean usual = care.share() > settings.batchWrites() / 2;
        lane.care(usual ? Care.NONE : new Care(true, care.share() * 2, false, 0));
        applied.forEach(poisoned::remove);
    }
}
