package io.tributary.service.watch.log;

import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How far each lane of the changelog was read. Immutable. */
public final class Positions {

    private final long[] offsets;
    private final long[] sequences;

    private Positions(long[] offsets, long[] sequences) {
        this.offsets = offsets;
        this.sequences = sequences;
    }

    /** @param lanes the position of each lane, in their order */
    public static Positions of(List<LanePosition> lanes) {
        return new Positions(
                lanes.stream().mapToLong(LanePosition::offset).toArray(),
                lanes.stream().mapToLong(LanePosition::sequence).toArray());
    }

    public int lanes() {
        return offsets.length;
    }

    public LanePosition at(int lane) {
        return new LanePosition(offsets[lane], sequences[lane]);
    }

    /** The largest sequence that was read of a lane. */
    public long sequence(int lane) {
        return sequences[lane];
    }

    /** These positions with another in one lane. */
    public Positions with(int lane, LanePosition position) {
        long[] otherOffsets = offsets.clone();
        long[] otherSequences = sequences.clone();
        otherOffsets[lane] = position.offset();
        otherSequences[lane] = position.sequence();
        return new Positions(otherOffsets, otherSequences);
    }

    /** These positions, to be moved on from. */
    public Moving moving() {
        return new Moving(this);
    }

    /** In each lane the one of these and {@code others} that is farther. */
    public Positions furthest(Positions others) {
        if (reach(others)) {
            return this;
        }
        Positions furthest = this;
        for (int lane = 0; lane < lanes(); lane++) {
            if (others.sequences[lane] > sequences[lane]) {
                furthest = furthest.with(lane, others.at(lane));
            }
        }
        return furthest;
    }

    /** Whether these are as far as {@code others} in every lane. */
    public boolean reach(Positions others) {
        for (int lane = 0; lane < lanes(); lane++) {
            if (sequences[lane] < others.sequences[lane]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Positions that
                && Arrays.equals(offsets, that.offsets)
                && Arrays.equals(sequences, that.sequences);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sequences);
    }

    /** The sequences. */
    @Override
    public String toString() {
        return Arrays.toString(sequences);
    }

    /** Positions that move on. Not thread-safe. */
    public static final class Moving {

        private final long[] offsets;
        private final long[] sequences;
        private @Nullable Positions now;

        private Moving(Positions from) {
            offsets = from.offsets.clone();
            sequences = from.sequences.clone();
            now = from;
        }

        public void pass(LaneRecord record) {
            move(record.lane(), record.behind());
        }

        public void move(int lane, LanePosition to) {
            offsets[lane] = to.offset();
            sequences[lane] = to.sequence();
            now = null;
        }

        public long sequence(int lane) {
            return sequences[lane];
        }

        /** As they are now, whatever comes later. */
        public Positions now() {
            if (now == null) {
                now = new Positions(offsets.clone(), sequences.clone());
            }
            return now;
        }
    }
}
