package io.tributary.service.watch.feed;

import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.watch.log.Positions;
import io.tributary.service.watch.log.Unit;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Iterator;

/**
 * The last changes that were given out, from which somebody who is a little behind catches up. Bounded in bytes. Not
 * thread-safe.
 */
final class Recent {

    private final long mostBytes;
    private final Deque<Unit> units = new ArrayDeque<>();
    private final LanePosition[] oldest;
    private final BitSet begun = new BitSet();
    private long bytes;
    private long added;

    /**
     * @param from where each lane was begun to be read
     * @param mostBytes how much is kept; the last unit always is
     */
    Recent(Positions from, long mostBytes) {
        this.mostBytes = mostBytes;
        this.oldest = new LanePosition[from.lanes()];
        for (int lane = 0; lane < oldest.length; lane++) {
            oldest[lane] = from.at(lane);
        }
    }

    /** The first record of a lane tells what number the one before it had. */
    void first(LaneRecord record) {
        int lane = record.lane();
        if (!begun.get(lane)) {
            begun.set(lane);
            if (oldest[lane].sequence() == 0) {
                oldest[lane] = new LanePosition(oldest[lane].offset(), record.sequence() - 1);
            }
        }
    }

    void add(Unit unit) {
        units.add(unit);
        added++;
        bytes += unit.bytes();
        while (bytes > mostBytes && units.size() > 1) {
            forget(units.remove());
        }
    }

    private void forget(Unit unit) {
        bytes -= unit.bytes();
        unit.records().forEach(record -> oldest[record.lane()] = record.behind());
    }

    /** Forgets everything, as changes are missing behind it. */
    void clear(Positions from) {
        units.clear();
        bytes = 0;
        for (int lane = 0; lane < oldest.length; lane++) {
            oldest[lane] = from.at(lane);
        }
    }

    /** Whether all that follows behind a lane's position is here. */
    boolean covers(int lane, LanePosition position) {
        return oldest[lane].sequence() > 0
                ? position.sequence() >= oldest[lane].sequence()
                : position.offset() >= oldest[lane].offset();
    }

    /** How many units there were. */
    long place() {
        return added;
    }

    /**
     * What is here, the oldest first.
     *
     * @param place behind which one to begin, 0 for all
     */
    Iterable<Unit> since(long place) {
        long count = added - place;
        if (count >= units.size()) {
            return units;
        }
        Deque<Unit> last = new ArrayDeque<>();
        Iterator<Unit> newest = units.descendingIterator();
        while (last.size() < count) {
            last.addFirst(newest.next());
        }
        return last;
    }
}
