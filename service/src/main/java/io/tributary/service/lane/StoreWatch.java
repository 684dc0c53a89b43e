package io.tributary.service.lane;

import io.tributary.service.store.StoreException;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Knows whether the store is away, and waits for it. While it is, callers are answered at once instead of being kept
 * waiting. {@link #away} is for any thread, all else belongs to the committer's.
 */
final class StoreWatch {

    private static final Logger log = LoggerFactory.getLogger(StoreWatch.class);
    private static final int MOST_DOUBLINGS = 5;

    private final int committer;
    private final Duration retry;
    private final Scheduler scheduler;
    private final Runnable answerCallers;
    private volatile boolean away;
    private boolean told;
    private int failuresInARow;

    /** @param answerCallers answers all callers that wait */
    StoreWatch(int committer, Duration retry, Scheduler scheduler, Runnable answerCallers) {
        this.committer = committer;
        this.retry = retry;
        this.scheduler = scheduler;
        this.answerCallers = answerCallers;
    }

    boolean away() {
        return away;
    }

    /** The store has committed something: pauses are short again. */
    void committed() {
        failuresInARow = 0;
    }

    void goAway(StoreException failure) {
        if (failuresInARow == 0) {
            told = true;
            log.warn(
                    "committer {}: the database is away, writes are refused until it is back: {}",
                    committer,
                    failure.getMessage());
        }
        away = true;
        answerCallers.run();
    }

    void comeBack() {
        if (told) {
            told = false;
            log.info("committer {}: the database is back", committer);
        }
        away = false;
    }

    /** Asks again and again, with pauses, until the store answers. Other errors are passed on. */
    <T> Mono<T> untilItAnswers(Supplier<Mono<T>> question) {
        return Mono.defer(question).retryWhen(Retry.from(failures -> failures.concatMap(this::silence)));
    }

    private Mono<Long> silence(Retry.RetrySignal failed) {
        if (!(failed.failure() instanceof StoreException)) {
            return Mono.error(failed.failure());
        }
        return pause().doOnNext(over -> answerCallers.run());
    }

    /** Emits after a pause, which grows with each failure in a row. */
    Mono<Long> pause() {
        int doublings = Math.min(MOST_DOUBLINGS, failuresInARow++);
        return Mono.delay(retry.multipliedBy(1L << doublings), scheduler);
    }
}
