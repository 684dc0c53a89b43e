package io.tributary.service.watch;

import io.tributary.kafka.changelog.LaneListener;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.watch.feed.Hub;
import io.tributary.service.watch.feed.Watched;
import io.tributary.service.watch.log.Alignment;
import io.tributary.service.watch.log.ChangelogSource;
import io.tributary.service.watch.log.ChangelogSource.Reading;
import io.tributary.service.watch.log.Positions;
import io.tributary.service.watch.log.Unit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A watch's own reading of the changelog, from where it is to where the hub still knows what follows. Pauses while the
 * watch has no room.
 */
final class CatchUp implements LaneListener {

    private final Hub hub;
    private final Watch watch;
    private final Watched watched;
    private final int[] lanes;
    private final Positions.Moving reached;
    private final Alignment alignment;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable whenEnded;
    private @Nullable Reading reading;

    /** @param whenEnded run once, when nothing more is read */
    CatchUp(Hub hub, Watch watch, Positions from, Runnable whenEnded) {
        this.hub = hub;
        this.watch = watch;
        this.watched = watch.watched();
        this.lanes = hub.lanes(watched);
        this.reached = from.moving();
        this.alignment = new Alignment(byLane(from), this::give);
        this.whenEnded = whenEnded;
    }

    /** Starts reading. */
    synchronized void start(ChangelogSource source) {
        reading = source.read(byLane(reached.now()), this);
        if (ended.get()) {
            reading.stop();
        }
    }

    /** Says that the watch has room. */
    synchronized void wake() {
        if (reading != null) {
            for (int lane : lanes) {
                reading.wake(lane);
            }
        }
    }

    /** Reads no more. */
    void stop() {
        if (ended.compareAndSet(false, true)) {
            stopReading();
            whenEnded.run();
        }
    }

    private synchronized void stopReading() {
        if (reading != null) {
            reading.stop();
        }
    }

    @Override
    public boolean record(LaneRecord record) {
        if (ended.get()) {
            return true;
        }
        if (!watch.hasRoom()) {
            return false;
        }
        if (!Hub.concerns(watched, record) && alignment.isPassed(record)) {
            reached.pass(record);
        } else {
            alignment.add(record);
        }
        if (hub.covers(watched, reached.now())) {
            stop();
            watch.caughtUp(reached.now());
        }
        return true;
    }

    private void give(Unit unit) {
        boolean told = false;
        for (LaneRecord record : unit.records()) {
            reached.pass(record);
            if (Hub.concerns(watched, record)) {
                watch.take(record, Hub.match(watched, record), reached.now());
                told = true;
            }
        }
        if (told && unit.isBatch()) {
            watch.wholeBatch(reached.now());
        }
    }

    @Override
    public void gap(int lane, long expected, long found) {
        stop();
        watch.reset(WatchEvent.ResetReason.TOO_OLD);
    }

    @Override
    public void missed(int lane) {
        stop();
        watch.reset(WatchEvent.ResetReason.TOO_OLD);
    }

    @Override
    public void failed(Throwable cause) {
        stop();
        watch.fail(cause);
    }

    private Map<Integer, LanePosition> byLane(Positions positions) {
        Map<Integer, LanePosition> byLane = new HashMap<>();
        for (int lane : lanes) {
            byLane.put(lane, positions.at(lane));
        }
        return byLane;
    }
}
