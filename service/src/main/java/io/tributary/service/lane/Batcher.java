package io.tributary.service.lane;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.lane.Lane.Care;
import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.store.StoreException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses what goes into the next batch of a committer, takes back what was not applied, and remembers which lanes and
 * entries need care after a failure. Belongs to the committer's thread.
 */
final class Batcher {

    private static final Logger log = LoggerFactory.getLogger(Batcher.class);

    /** Smaller batches cost the store more than it costs their writes to wait for company. */
    private static final int ENOUGH = 16;

    private final Map<Integer, Lane> lanes;
    private final LaneSettings settings;
    private final LaneListener listener;
    private final CommitObserver observer;
    private boolean carefulLast;
    private int batches;

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

    /** How many writes are worth a batch, though one is under way that they could wait for. */
    int enough() {
        return Math.min(ENOUGH, settings.batchWrites());
    }

    /** How many writes wait. */
    int waiting() {
        return lanes.values().stream().mapToInt(Lane::waiting).sum();
    }

    /** Whether enough waits for another batch, and none of it needs care. */
    boolean hasBacklog() {
        return lanes.values().stream().noneMatch(lane -> lane.care().alone()) && waiting() >= enough();
    }

    /**
     * Takes the next batch: now a lane that needs care, by itself, now all the others, whenever there are both. Each time
     * another lane comes first, for what does not fit is left over.
     */
    Map<Integer, List<Entry>> take() {
        lanes.values().stream()
                .filter(lane -> lane.ownership() != Ownership.OPEN && !lane.idle())
                .forEach(this::turnAway);
        batches++;
        carefulLast = !carefulLast;
        Map<Integer, List<Entry>> batch = takeFrom(waiting(carefulLast));
        return batch.isEmpty() ? takeFrom(waiting(!carefulLast)) : batch;
    }

    /** The lanes that have something, beginning with another each time; of those that need care only one. */
    private List<Lane> waiting(boolean careful) {
        List<Lane> waiting = lanes.values().stream()
                .filter(lane -> lane.ownership() == Ownership.OPEN && !lane.idle())
                .filter(lane -> lane.care().alone() == careful)
                .collect(Collectors.toCollection(ArrayList::new));
        Collections.rotate(waiting, batches);
        return careful && waiting.size() > 1 ? waiting.subList(0, 1) : waiting;
    }

    private Map<Integer, List<Entry>> takeFrom(List<Lane> from) {
        Map<Integer, List<Entry>> batch = new LinkedHashMap<>();
        int share = Math.max(1, settings.batchWrites() / Math.max(1, from.size()));
        long now = System.nanoTime();
        for (Lane lane : from) {
            List<Entry> taken = lane.take(
                    Math.min(share, lane.care().share()),
                    since -> observer.waited(lane.number(), Duration.ofNanos(Math.max(0, now - since))));
            if (!taken.isEmpty()) {
                batch.put(lane.number(), taken);
            }
            listener.taken(lane.number());
        }
        return batch;
    }

    /** Whether a lane is one of these and open. */
    boolean isOpen(int number) {
        Lane lane = lanes.get(number);
        return lane != null && lane.ownership() == Ownership.OPEN;
    }

    /** Whether the next record of a lane is a batch, which can be decided now. */
    boolean isAtABatch(Lane lane) {
        return lane.ownership() == Ownership.OPEN && lane.nextBatch() != null;
    }

    /** Takes the batch that a lane {@linkplain #isAtABatch is at}. */
    BatchCall takeBatch(Lane lane) {
        BatchCall next = Objects.requireNonNull(lane.nextBatch());
        lane.takeBatch();
        listener.taken(lane.number());
        return next;
    }

    /** Takes back entries that were certainly not applied. */
    void putBack(Map<Integer, List<Entry>> entries) {
        entries.forEach((lane, back) -> lane(lane).putBack(back, System.nanoTime()));
    }

    /** Takes back what a plan was to commit. */
    void putBack(Plan plan) {
        plan.lanes().forEach(lane -> lane(lane.lane()).putBack(lane.entries(), System.nanoTime()));
    }

    /** Sends callers away, and drops records, that came to a lane which is not open: its owner reads the records again. */
    void turnAway(Lane lane) {
        lane.drain(true).forEach(entry -> {
            if (entry instanceof Entry.Call call) {
                call.caller().turnAway();
            }
        });
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
        boolean alone = refused.size() == 1;
        refused.forEach((number, entries) -> {
            if (!alone) {
                lane(number).care(Care.alone(entries.size()));
            } else if (entries.size() > 1) {
                lane(number).care(Care.alone(entries.size() / 2));
            } else {
                log.warn("lane {}: the store refuses a write, which is answered so: {}", number, refusal.getMessage());
                lane(number).care(Care.poisoned(entries.getFirst()));
            }
        });
    }

    /** The entry of a batch that is to be refused without being tried; null for none. */
    @Nullable
    Entry poisoned(Map<Integer, List<Entry>> batch) {
        return batch.size() > 1
                ? null
                : lane(batch.keySet().iterator().next()).care().poisoned();
    }

    /** The store has other versions than a lane. Returns false when that happens again although the lane was alone. */
    boolean doubt(Lane lane, boolean wasAlone) {
        lane.forgetDocuments();
        Care care = lane.care();
        lane.care(care.struck());
        return !wasAlone || care.strikes() == 0;
    }

    /** Somebody else held the lane. */
    void lockNextTime(Lane lane) {
        lane.care(Care.underLock());
    }

    /** A batch went well: the lane gives twice as much next time, up to what is usual. */
    void relax(Lane lane) {
        int share = lane.care().share();
        boolean usual = share > settings.batchWrites() / 2;
        lane.care(usual ? Care.NONE : Care.alone(share * 2));
    }
}
