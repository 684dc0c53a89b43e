package io.tributary.service.watch.feed;

import io.tributary.kafka.changelog.LaneListener;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.watch.log.ChangelogSource;
import io.tributary.service.watch.log.ChangelogSource.Reading;
import io.tributary.service.watch.log.Positions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Reads the whole changelog for the hub, from a little before its end. Begins when somebody first wants it: who has no
 * watchers pays nothing for them.
 */
public final class Follower {

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** How many records of each lane are read again, for those who come back after this instance was started. */
    private static final long HISTORY = 500;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 1_000;

    private final ChangelogSource source;
    private final Hub hub;
    private final int lanes;
    private final Scheduler timer;
    private boolean begun;
    private boolean stopped;
    private @Nullable Reading reading;

    /** @param timer where time is kept */
    public Follower(ChangelogSource source, Hub hub, int lanes, Scheduler timer) {
        this.source = source;
        this.hub = hub;
        this.lanes = lanes;
        this.timer = timer;
    }

    /** Begins to read, unless it was begun before. Waits for the brokers as long as it takes. */
    public synchronized void start() {
        if (begun) {
            return;
        }
        begun = true;
        Mono.zip(
                        source.identity(),
                        Flux.range(0, lanes).concatMap(source::end, 1).collectList())
                .retryWhen(Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(PAUSE_MILLIS))
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(timer)
                        .doBeforeRetry(failed -> log.warn(
                                "The end of the changelog cannot be found yet: {}",
                                failed.failure().getMessage())))
                .subscribe(
                        found -> begin(found.getT1(), found.getT2()),
                        fault -> log.error("The changelog is not followed", fault));
    }

    private void begin(long identity, List<LanePosition> ends) {
        List<LanePosition> from = ends.stream().map(Follower::before).toList();
        hub.begin(identity, Positions.of(from), Positions.of(ends));
        read(Positions.of(from));
    }

    private static LanePosition before(LanePosition end) {
        return end.sequence() == 0 ? end : new LanePosition(Math.max(0, end.offset() - HISTORY), 0);
    }

    private synchronized void read(Positions from) {
        if (stopped) {
            return;
        }
        Map<Integer, LanePosition> byLane = new HashMap<>();
        for (int lane = 0; lane < lanes; lane++) {
            byLane.put(lane, from.at(lane));
        }
        reading = source.read(byLane, new ForTheHub());
    }

    /** Ends reading. */
    public synchronized void stop() {
        stopped = true;
        if (reading != null) {
            reading.stop();
        }
    }

    private final class ForTheHub implements LaneListener {

        @Override
        public boolean record(LaneRecord record) {
            hub.add(record);
            return true;
        }

        @Override
        public void gap(int lane, long expected, long found) {
            log.warn("Lane {} of the changelog goes on at {} instead of {}", lane, found, expected);
            hub.gap(lane, found);
        }

        @Override
        public void missed(int lane) {
            // If it was more than repetitions, the sequence of the next record tells.
        }

        @Override
        public void failed(Throwable cause) {
            log.error("Reading of the changelog has ended and begins anew", cause);
            timer.schedule(() -> read(hub.again()), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}
