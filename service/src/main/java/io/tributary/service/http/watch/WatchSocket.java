package io.tributary.service.http.watch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.WatchMessage;
import io.tributary.json.WatchMessage.Target;
import io.tributary.service.http.server.Outflow;
import io.tributary.service.watch.WatchRequest;
import io.tributary.service.watch.Watches;
import io.tributary.service.watch.feed.Watched;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.Disposable;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * Many watches on their way over one connection. Whatever happens only {@linkplain #queue wakes} it; all steps are taken on
 * the connection's thread, one at a time. The watches take turns, an event each, and only while the connection takes
 * messages: what waits, waits in the watches, which know how much that is.
 */
final class WatchSocket {

    private static final Logger log = LoggerFactory.getLogger(WatchSocket.class);

    private static final int MOST_WATCHES = 1_000;

    /** Who lets more answers lie is not reading. */
    private static final int MOST_ANSWERS = 2 * MOST_WATCHES;

    /** How often a client may not answer when it is asked for a sign of life. */
    private static final int MOST_SILENCES = 4;

    /** How many turns are taken before others' connections have theirs. */
    private static final int MOST_TURNS = 64;

    /** A connection that took something within that time is a slow one, not a dead one. */
    private static final long SLOWEST_NANOS = Duration.ofSeconds(60).toNanos();

    private final Watches watches;
    private final WebSocketSession session;
    private final FluxSink<WebSocketMessage> messages;
    private final Scheduler thread;
    private final Outflow outflow;

    private final Map<String, SocketWatch> byName = new HashMap<>();
    private final Queue<byte[]> answers = new ArrayDeque<>();
    private final Queue<SocketWatch> turns = new ConcurrentLinkedQueue<>();
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile long lastTaken = System.nanoTime();
    private int silences;
    private boolean pingDue;
    private boolean stopping;
    private boolean over;

    WatchSocket(
            Watches watches,
            WebSocketSession session,
            FluxSink<WebSocketMessage> messages,
            Scheduler thread,
            Outflow outflow) {
        this.watches = watches;
        this.session = session;
        this.messages = messages;
        this.thread = thread;
        this.outflow = outflow;
    }

    /** Sends what there is to say as the connection takes it, and cancels all watches in the end. */
    void begin() {
        Disposable room = outflow.whenThereIsRoom(this::wake);
        Disposable stop = watches.stopping().subscribe(nothing -> {}, fault -> {}, this::stop);
        messages.onDispose(() -> {
            room.dispose();
            stop.dispose();
            thread.schedule(this::cancel);
        });
        messages.onRequest(more -> wake());
    }

    // ---- on the connection's thread ----

    /** The client has said something. */
    void hear(WatchMessage message) {
        alive();
        if (over || stopping) {
            return;
        }
        switch (message) {
            case WatchMessage.Begin begin -> begin(begin);
            case WatchMessage.End(String name) -> end(name);
            case WatchMessage.Faulty(String name, Problem problem) -> refuse(name, problem);
        }
        if (answers.size() > MOST_ANSWERS) {
            outflow.close();
        }
        wake();
    }

    /** The client has given a sign of life. */
    void alive() {
        silences = 0;
    }

    /** Nothing was heard for long: a client that is there answers a ping at once (RFC 6455, section 5.5.2). */
    void silent() {
        silences++;
        if (silences >= MOST_SILENCES) {
            hangUp();
        }
        pingDue = true;
        wake();
    }

    private void begin(WatchMessage.Begin begin) {
        if (byName.containsKey(begin.watch())) {
            refuse(
                    null,
                    Problem.of(ProblemType.BAD_VALUE, "this connection has a watch \"" + begin.watch() + "\" already")
                            .withPointer("/watch"));
        } else if (byName.size() >= MOST_WATCHES) {
            refuse(
                    begin.watch(),
                    Problem.of(ProblemType.BUSY, "this connection has " + MOST_WATCHES + " watches already"));
        } else {
            var watch = new SocketWatch(begin.watch(), begin.integers(), this);
            try {
                watch.begin(watches, new WatchRequest(watched(begin.target()), begin.snapshot(), begin.lastEventId()));
                byName.put(begin.watch(), watch);
            } catch (ProblemException refused) {
                refuse(begin.watch(), refused.problem());
            }
        }
    }

    private static Watched watched(Target target) {
        return switch (target) {
            case Target.Document(var name) -> new Watched.OfDocument(name);
            case Target.Collection(var name, var where) -> new Watched.OfCollection(name, where);
        };
    }

    /** One that has just ended by itself may be meant: the end was told then. */
    private void end(String name) {
        SocketWatch ended = byName.remove(name);
        if (ended != null) {
            turns.remove(ended);
            ended.cancel();
            answers.add(SocketText.end(name));
        }
    }

    private void refuse(@Nullable String name, Problem problem) {
        if (name == null || byName.containsKey(name)) {
            answers.add(SocketText.problem(null, problem));
        } else {
            answers.add(SocketText.problem(name, problem));
            answers.add(SocketText.end(name));
        }
    }

    private void cancel() {
        over = true;
        byName.values().forEach(SocketWatch::cancel);
        byName.clear();
    }

    // ---- from any thread ----

    /** A watch may have something to say. */
    void queue(SocketWatch watch) {
        turns.add(watch);
        wake();
    }

    /** Breaks the connection, unless it still takes what is sent, if slowly: then one watch may have to wait for others. */
    void hangUp() {
        if (System.nanoTime() - lastTaken > SLOWEST_NANOS) {
            outflow.close();
        }
    }

    /** Breaks the connection for a fault of the program. */
    void fail(RuntimeException bug) {
        log.error("A connection with watches ends", bug);
        outflow.close();
    }

    private void stop() {
        thread.schedule(() -> {
            stopping = true;
            wake();
        });
    }

    private void wake() {
        if (wakeUps.getAndIncrement() == 0) {
            thread.schedule(this::goOn);
        }
    }

    // ---- one step after the other ----

    private void goOn() {
        int seen = wakeUps.get();
        boolean more;
        try {
            more = isMoreToSend();
        } catch (RuntimeException bug) {
            fail(bug);
            return;
        }
        if (more || wakeUps.addAndGet(-seen) != 0) {
            thread.schedule(this::goOn);
        }
    }

    /** Sends what can be sent now; whether there is more than is sent at a time. */
    private boolean isMoreToSend() {
        int left = MOST_TURNS;
        while (!over && messages.requestedFromDownstream() > 0 && outflow.hasRoom() && hasMore()) {
            if (left-- == 0) {
                return true;
            }
            WebSocketMessage message = next();
            if (message != null) {
                messages.next(message);
            }
        }
        if (stopping && !over && byName.isEmpty() && answers.isEmpty()) {
            over = true;
            messages.complete();
        }
        return false;
    }

    private boolean hasMore() {
        return pingDue || !answers.isEmpty() || !turns.isEmpty();
    }

    /** Null when a watch had its turn and nothing to say. */
    private @Nullable WebSocketMessage next() {
        if (pingDue) {
            pingDue = false;
            return session.pingMessage(buffers -> buffers.wrap(new byte[0]));
        }
        byte[] text = answers.isEmpty() ? said(turns.remove()) : answers.remove();
        if (text == null) {
            return null;
        }
        lastTaken = System.nanoTime();
        return new WebSocketMessage(
                WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(text));
    }

    private byte @Nullable [] said(SocketWatch turn) {
        if (byName.get(turn.name()) != turn) {
            return null;
        }
        byte[] event = turn.next();
        if (event == null && turn.isOver()) {
            byName.remove(turn.name());
            turn.cancel();
            return stopping ? null : SocketText.end(turn.name());
        }
        return event;
    }
}
