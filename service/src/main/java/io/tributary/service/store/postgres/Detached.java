package io.tributary.service.store.postgres;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Work that goes on to its end when who asked for it has left: a query that is cancelled half-way spoils its connection,
 * and a commit is not taken back by hanging up.
 */
final class Detached {

    private Detached() {}

    /** Begins the work with each subscription; a cancel gives up the answer only. */
    static <T> Mono<T> run(Supplier<Mono<T>> work) {
        return Mono.defer(() -> {
            Sinks.One<T> answer = Sinks.one();
            Mono.defer(work).subscribe(answer::tryEmitValue, answer::tryEmitError, answer::tryEmitEmpty);
            return answer.asMono();
        });
    }
}
