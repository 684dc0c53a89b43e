package io.tributary.service.changelog;

import io.tributary.service.store.Session;
import io.tributary.service.store.StoredTurn;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The turns in the store, over one session: one statement after another. Thread-safe. */
final class Outbox {

    private final Session session;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean busy;

    Outbox(Session session) {
        this.session = session;
    }

    /** Emits the turns above {@code after}, in order, at most {@code limit}. */
    Mono<List<StoredTurn>> turns(int lane, long after, int limit) {
        return inTurn(session.turns(lane, after, limit));
    }

    /** Removes turns that are acknowledged. */
    Mono<Void> sweep(int lane, long from, long to) {
        return inTurn(session.sweep(lane, from, to));
    }

    private <T> Mono<T> inTurn(Mono<T> statement) {
        return Mono.create(sink -> {
            synchronized (this) {
                waiting.add(() -> run(statement, sink));
            }
            runNext();
        });
    }

    private <T> void run(Mono<T> statement, MonoSink<T> sink) {
        statement.doFinally(end -> done()).subscribe(sink::success, sink::error, sink::success);
    }

    private void done() {
        synchronized (this) {
            busy = false;
        }
        runNext();
    }

    private void runNext() {
        Runnable next;
        synchronized (this) {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            next = waiting.remove();
        }
        next.run();
    }
}
