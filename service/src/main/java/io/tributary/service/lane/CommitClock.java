package io.tributary.service.lane;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives out commit times: the later of the wall clock and the last time + 1 µs. One for all lanes of an instance, so that
 * its commits have a total order. Thread-safe.
 */
final class CommitClock {

    private final InstantSource wall;
    private final AtomicLong lastMicros = new AtomicLong(Long.MIN_VALUE);

    CommitClock(InstantSource wall) {
        this.wall = wall;
    }

    /** A time later than every one given out before, and later than {@code last}. */
    Instant after(Instant last) {
        long now = micros(wall.instant());
        long floor = Math.max(now, micros(last) + 1);
        return Instant.EPOCH.plus(
                lastMicros.accumulateAndGet(floor, (previous, wanted) -> Math.max(previous + 1, wanted)),
                ChronoUnit.MICROS);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }
}
