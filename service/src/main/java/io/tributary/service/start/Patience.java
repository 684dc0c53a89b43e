package io.tributary.service.start;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Waits for a server that does not answer yet: services and servers are often started together, in any order.
 *
 * @param limit how long; an attempt that is under way then is not cut off
 */
public record Patience(Duration limit) {

    private static final Logger log = LoggerFactory.getLogger(Patience.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /**
     * Asks again and again, with growing pauses, and says so in the log once.
     *
     * @param passing which failures mean that the server is away; all others are passed on as they are
     * @return emits and completes as the question does when it is answered; errs with {@link RefusedStartException} when it
     *     is not within the limit
     */
    public <T> Mono<T> await(Awaited server, Mono<T> question, Predicate<? super Throwable> passing) {
        return Mono.defer(() -> {
            Scheduler clock = Schedulers.parallel();
            long end = clock.now(TimeUnit.MILLISECONDS) + limit.toMillis();
            return question.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                            .maxBackoff(LONGEST_PAUSE)
                            .filter(failure -> passing.test(failure) && clock.now(TimeUnit.MILLISECONDS) < end)
                            .doBeforeRetry(attempt -> {
                                if (attempt.totalRetries() == 0) {
                                    tell(server, attempt.failure());
                                }
                            }))
                    .onErrorMap(passing, server::away);
        });
    }

    private void tell(Awaited server, Throwable failure) {
        log.warn(
                "{} does not answer; the start waits for it, up to {} s: {}",
                server.name(),
                limit.toSeconds(),
                failure.getMessage());
    }

    /**
     * Who is waited for.
     *
     * @param name "PostgreSQL at db:5432/main"
     * @param remedy what the operator is to do when it does not come, as a sentence
     */
    public record Awaited(String name, String remedy) {

        private RefusedStartException away(Throwable failure) {
            return new RefusedStartException(name + " does not answer: " + failure.getMessage(), remedy, failure);
        }
    }
}
