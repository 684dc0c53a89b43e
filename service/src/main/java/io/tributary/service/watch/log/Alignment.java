package io.tributary.service.watch.log;

import io.tributary.change.Change;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts lanes together so that an atomic batch is given out whole. A lane whose next change belongs to a batch waits until
 * the batch's last change was read in each of its lanes. It cannot wait in a circle, for the lanes have their batches in one
 * order; but it can wait for a lane that is not published, so what is held back is bounded, and given out as it is beyond
 * that. Lanes that are not read are not waited for. Not thread-safe.
 */
public final class Alignment {

    /** More than the largest batch, unless its documents are uncommonly large. */
    private static final long MOST_BYTES = 32L << 20;

    private static final int MOST_TICKS = 10;

    private final Map<Integer, Line> lines = new TreeMap<>();
    private final Consumer<Unit> released;
    private long heldBytes;
    private int held;

    /**
     * @param from where reading begins, in the lanes that are read
     * @param released takes what is given out, in an order that keeps that of each lane
     */
    public Alignment(Map<Integer, LanePosition> from, Consumer<Unit> released) {
        from.forEach((lane, position) -> lines.put(lane, new Line(position.sequence())));
        this.released = released;
    }

    /** What was read of one lane. */
    private static final class Line {

        private final Deque<LaneRecord> waiting = new ArrayDeque<>();
        private long read;
        private long given;
        private @Nullable LaneRecord awaited;
        private int ticks;

        private Line(long sequence) {
            this.read = sequence;
            this.given = sequence;
        }

        private boolean hasWaitedTooLong() {
            LaneRecord next = waiting.peek();
            ticks = next != null && next == awaited ? ticks + 1 : 0;
            awaited = next;
            return ticks > MOST_TICKS;
        }

        private void read(LaneRecord record) {
            if (read == 0) {
                given = record.sequence() - 1;
            }
            read = record.sequence();
        }
    }

    /** Takes the next record of a lane that is read. */
    public void add(LaneRecord record) {
        Line line = line(record.lane());
        line.read(record);
        if (held == 0 && batch(record) == null) {
            line.given = record.sequence();
            released.accept(new Unit(List.of(record)));
            return;
        }
        line.waiting.add(record);
        held++;
        heldBytes += record.bytes();
        giveOutWhatIsWhole();
        if (heldBytes > MOST_BYTES) {
            giveOutAll();
        }
    }

    /**
     * Passes over the next record of a lane, which nobody needs.
     *
     * @return false when it has to be added all the same, for others of its lane are held back
     */
    public boolean isPassed(LaneRecord record) {
        Line line = line(record.lane());
        if (!line.waiting.isEmpty()) {
            return false;
        }
        line.read(record);
        line.given = record.sequence();
        if (held > 0) {
            giveOutWhatIsWhole();
        }
        return true;
    }

    /** Gives out what is held back, though batches are not whole. */
    public void giveOutAll() {
        lines.values().forEach(line -> {
            while (!line.waiting.isEmpty()) {
                released.accept(new Unit(List.of(take(line))));
            }
        });
    }

    /** Another second has passed. Gives all out when some lane has waited for too many. */
    public void tick() {
        if (lines.values().stream().anyMatch(Line::hasWaitedTooLong)) {
            giveOutAll();
        }
    }

    private Line line(int lane) {
        Line line = lines.get(lane);
        if (line == null) {
            throw new IllegalArgumentException("lane " + lane + " is not read");
        }
        return line;
    }

    private void giveOutWhatIsWhole() {
        boolean again;
        do {
            again = false;
            for (Line line : lines.values()) {
                while (isNextWhole(line)) {
                    giveOutNext(line);
                    again = true;
                }
            }
        } while (again);
    }

    private boolean isNextWhole(Line line) {
        LaneRecord next = line.waiting.peek();
        if (next == null) {
            return false;
        }
        Change.Batch batch = batch(next);
        return batch == null
                || batch.lanes().entrySet().stream().allMatch(end -> isThere(batch, end.getKey(), end.getValue()));
    }

    /** Whether a batch's changes of one lane come next there, all of them, or came before. */
    private boolean isThere(Change.Batch batch, int lane, long last) {
        Line line = lines.get(lane);
        if (line == null || line.given >= last) {
            return true;
        }
        LaneRecord next = line.waiting.peek();
        return line.read >= last && next != null && isOf(batch, next);
    }

    private void giveOutNext(Line line) {
        Change.Batch batch = batch(line.waiting.element());
        if (batch == null) {
            released.accept(new Unit(List.of(take(line))));
            return;
        }
        List<LaneRecord> whole = new ArrayList<>();
        new TreeMap<>(batch.lanes()).forEach((lane, last) -> {
            Line its = lines.get(lane);
            while (its != null
                    && !its.waiting.isEmpty()
                    && its.waiting.element().sequence() <= last) {
                whole.add(take(its));
            }
        });
        released.accept(new Unit(whole));
    }

    private LaneRecord take(Line line) {
        LaneRecord taken = line.waiting.remove();
        line.given = taken.sequence();
        held--;
        heldBytes -= taken.bytes();
        return taken;
    }

    private static boolean isOf(Change.Batch batch, LaneRecord record) {
        Change.Batch its = batch(record);
        return its != null && its.lanes().equals(batch.lanes());
    }

    private static Change.@Nullable Batch batch(LaneRecord record) {
        return record.change().map(change -> change.origin().batch()).orElse(null);
    }
}
