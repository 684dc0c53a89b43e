package io.tributary.client;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Runs functions until their writes are applied on what they have read. */
final class Transactions {

    private final TributaryClient client;
    private final Attempts attempts;
    private final Scheduler scheduler;

    Transactions(TributaryClient client, Attempts attempts, Scheduler scheduler) {
        this.client = client;
        this.attempts = attempts;
        this.scheduler = scheduler;
    }

    <T> Mono<T> run(Function<Transaction, ? extends Mono<T>> function) {
        return Mono.defer(() -> attempt(function, new Transaction(client)))
                .retryWhen(attempts.after(Transactions::isConflict, scheduler));
    }

    /** A failure counts only if what it was decided on was true. */
    private static <T> Mono<T> attempt(Function<Transaction, ? extends Mono<T>> function, Transaction transaction) {
        return Mono.defer(() -> function.apply(transaction))
                .onErrorResume(failure -> transaction
                        .check()
                        .onErrorMap(other -> isConflict(other) ? other : failure)
                        .then(Mono.error(failure)))
                .flatMap(result -> transaction.commit().thenReturn(result))
                .switchIfEmpty(Mono.defer(() -> transaction.commit().then(Mono.empty())));
    }

    private static boolean isConflict(Throwable failure) {
        return failure instanceof ProblemException refusal && refusal.type() == ProblemType.CONFLICT;
    }
}
