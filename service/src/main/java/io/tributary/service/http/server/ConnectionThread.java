package io.tributary.service.http.server;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Brings answers to the thread that their connection belongs to. Whoever decided them, a committer or a driver's thread,
 * is free for the next batch, and the response is written without waking another thread.
 */
public final class ConnectionThread {

    private static final Map<EventLoop, Scheduler> SCHEDULERS = new ConcurrentHashMap<>();

    private ConnectionThread() {}

    /** Lets what is handled know its connection and the thread that it belongs to. */
    static Mono<Void> told(Mono<Void> handled, Connection connection) {
        Scheduler thread = SCHEDULERS.computeIfAbsent(connection.channel().eventLoop(), ConnectionThread::scheduler);
        return handled.contextWrite(Context.of(ConnectionThread.class, thread, Connection.class, connection));
    }

    /** As a plain executor: nobody cancels what is scheduled, so it need not be remembered. */
    private static Scheduler scheduler(EventLoop loop) {
        return Schedulers.fromExecutor(task -> loop.execute(task));
    }

    /** The thread of the connection that is served; where there is none, whichever runs a task. */
    public static Scheduler of(ContextView context) {
        return context.<Scheduler>getOrEmpty(ConnectionThread.class).orElseGet(Schedulers::immediate);
    }

    /** Emits what {@code answer} does, on the connection's thread; where there is no connection, on the same thread. */
    public static <T> Mono<T> resumed(Mono<T> answer) {
        return Mono.deferContextual(context -> context.<Scheduler>getOrEmpty(ConnectionThread.class)
                .map(answer::publishOn)
                .orElse(answer));
    }
}
