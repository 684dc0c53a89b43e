package io.tributary.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * How often something is tried, and how long the pauses between are: each of a random length, so that those who failed
 * together do not come back together, up to a bound that doubles.
 *
 * @param most how often, the first time counted
 * @param firstPause how long at most after the first failure
 * @param longestPause how long at most after any
 */
public record Attempts(int most, Duration firstPause, Duration longestPause) {

    private static final int MOST_DOUBLINGS = 30;

    /** @throws IllegalArgumentException when there is no attempt, or a pause is negative or shrinks */
    public Attempts {
        if (most < 1) {
            throw new IllegalArgumentException("there is at least one attempt");
        }
        if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
            throw new IllegalArgumentException("pauses are not negative, and the longest is no shorter than the first");
        }
    }

    /** As many attempts, with pauses of up to a fifth of a second at first, and five seconds later. */
    public static Attempts of(int most) {
        return new Attempts(most, Duration.ofMillis(200), Duration.ofSeconds(5));
    }

    public Attempts withPauses(Duration first, Duration longest) {
        return new Attempts(most, first, longest);
    }

    /** Tries again after those failures that may pass; others, and the last, are handed on. */
    Retry after(Predicate<Throwable> mayPass, Scheduler scheduler) {
        return Retry.from(signals -> signals.concatMap(signal -> {
            long failures = signal.totalRetries() + 1;
            return mayPass.test(signal.failure()) && failures < most
                    ? rested(failures, signal.failure(), scheduler)
                    : Mono.error(signal.failure());
        }));
    }

    /** Tries again after those failures that may pass, for ever; pauses grow while nothing comes between failures. */
    Retry always(Predicate<Throwable> mayPass, Scheduler scheduler) {
        return Retry.from(signals -> signals.concatMap(signal -> mayPass.test(signal.failure())
                ? rested(signal.totalRetriesInARow() + 1, signal.failure(), scheduler)
                : Mono.error(signal.failure())));
    }

    private Mono<Long> rested(long failures, Throwable failure, Scheduler scheduler) {
        return Mono.delay(pause(failures).plus(askedFor(failure)), scheduler);
    }

    private Duration pause(long failures) {
        Duration pause = firstPause.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration bounded = pause.compareTo(longestPause) < 0 ? pause : longestPause;
        return Duration.ofNanos(
                (long) (bounded.toNanos() * ThreadLocalRandom.current().nextDouble()));
    }

    private static Duration askedFor(Throwable failure) {
        return failure instanceof PassingFailure passing ? passing.pause() : Duration.ZERO;
    }
}
