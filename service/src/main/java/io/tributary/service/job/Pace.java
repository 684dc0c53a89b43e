package io.tributary.service.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Lets documents through at a rate. For one document at a time; not thread-safe. */
final class Pace {

    /** Timers are not finer; what is due sooner goes at once, and the next one waits the longer. */
    private static final long SHORTEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final long spacingNanos;
    private final Scheduler timer;
    private long due = Long.MIN_VALUE;

    /** @param rate documents per second at most, null for no bound */
    Pace(@Nullable Double rate, Scheduler timer) {
        this.spacingNanos = rate == null ? 0 : (long) (TimeUnit.SECONDS.toNanos(1) / rate);
        this.timer = timer;
    }

    /** Emits {@code next} when it is its turn. */
    <T> Mono<T> turn(T next) {
        return spacingNanos == 0 ? Mono.just(next) : Mono.defer(() -> spaced(next));
    }

    private <T> Mono<T> spaced(T next) {
        long now = timer.now(TimeUnit.NANOSECONDS);
        long at = Math.max(due, now);
        due = at + spacingNanos;
        return at - now < SHORTEST_WAIT_NANOS
                ? Mono.just(next)
                : Mono.delay(Duration.ofNanos(at - now), timer).thenReturn(next);
    }
}
