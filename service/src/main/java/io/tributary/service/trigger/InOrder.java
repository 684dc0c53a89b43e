package io.tributary.service.trigger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Does what has the same key one after another, in the order in which it comes, and all else at the same time. Thread-safe. */
final class InOrder<K> {

    /** For each key what comes last so far. */
    private final Map<K, Mono<Void>> last = new ConcurrentHashMap<>();

    /**
     * The same work, once all has ended that came before under its key, however it ended. Its place is that of this call, so
     * it has to be subscribed to.
     */
    Mono<Void> after(K key, Mono<Void> work) {
        Sinks.Empty<Void> ended = Sinks.empty();
        Mono<Void> end = ended.asMono();
        Mono<Void> before = last.put(key, end);
        return (before == null ? work : before.then(work)).doFinally(signal -> {
            last.remove(key, end);
            ended.tryEmitEmpty();
        });
    }
}
