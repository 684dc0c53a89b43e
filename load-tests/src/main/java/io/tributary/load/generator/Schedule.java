package io.tributary.load.generator;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The moments at which the writes of an open loop are due: evenly spaced, the first one at the begin.
 *
 * @param begin by {@link System#nanoTime}
 * @param writesPerSecond at least 1
 */
public record Schedule(long begin, int writesPerSecond, Duration length) {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** How many writes there are. */
    public long count() {
        return length.toNanos() / SECOND * writesPerSecond + length.toNanos() % SECOND * writesPerSecond / SECOND;
    }

    /** When a write is due, by {@link System#nanoTime}; the first one has the number 0. */
    public long due(long number) {
        return begin + number / writesPerSecond * SECOND + number % writesPerSecond * SECOND / writesPerSecond;
    }
}
