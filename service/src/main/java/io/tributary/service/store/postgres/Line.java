package io.tributary.service.store.postgres;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A {@link Wire} that is opened when it is needed, and again when it is found closed. What is begun on one wire stays on
 * it: a transaction never goes on in another session. For one user at a time.
 */
final class Line {

    private final Mono<Wire> dial;

    /** Written by one use, read by the next; those may be on different threads. */
    private volatile @Nullable Wire wire;

    private final Consumer<Line> whenClosed;

    Line(Mono<Wire> dial, Consumer<Line> whenClosed) {
        this.dial = dial.doOnNext(opened -> wire = opened);
        this.whenClosed = whenClosed;
    }

    <T> Mono<T> use(Function<Wire, Mono<T>> work) {
        return Mono.defer(this::open).flatMap(work);
    }

    /** Closes the wire, if there is one. */
    Mono<Void> close() {
        return Mono.defer(() -> {
            whenClosed.accept(this);
            Wire current = wire;
            return current == null ? Mono.empty() : current.close();
        });
    }

    private Mono<Wire> open() {
        Wire current = wire;
        return current == null ? dial : current.isOpen().flatMap(open -> open ? Mono.just(current) : dial);
    }
}
