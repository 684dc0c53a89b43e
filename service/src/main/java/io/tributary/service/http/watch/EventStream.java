package io.tributary.service.http.watch;

import io.tributary.service.http.server.Outflow;
import io.tributary.service.watch.Watch;
import io.tributary.service.watch.WatchEvent;
import io.tributary.service.watch.WatchReader;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.FluxSink;
import reactor.core.scheduler.Scheduler;

/**
 * One watch on its way over a connection. Whatever happens only {@linkplain #ready wakes} it; all steps are taken on the
 * connection's thread, one at a time. Takes an event from the watch only when the connection takes it from here: what
 * waits, waits in the watch, which knows how much that is.
 */
final class EventStream implements WatchReader {

    /** Small enough for the connection's buffer; a single event may be larger. */
    private static final int PART_BYTES = 16 << 10;

    private static final int SHORTEST_RETRY_MILLIS = 500;
    private static final int LONGEST_RETRY_MILLIS = 1_500;

    private final FluxSink<byte[]> parts;
    private final Scheduler thread;
    private final Outflow outflow;
    private final EventText text;
    private final AtomicInteger wakeUps = new AtomicInteger();
    private volatile @Nullable Watch watch;
    private boolean begun;
    private boolean over;

    EventStream(FluxSink<byte[]> parts, Scheduler thread, Outflow outflow, EventText text) {
        this.parts = parts;
        this.thread = thread;
        this.outflow = outflow;
        this.text = text;
    }

    /** Sends what there is of a watch, and cancels it in the end. */
    void begin(Watch opened) {
        watch = opened;
        Disposable listening = outflow.whenThereIsRoom(this::ready);
        parts.onDispose(() -> {
            listening.dispose();
            opened.cancel();
        });
        parts.onRequest(more -> ready());
        ready();
    }

    @Override
    public void ready() {
        if (wakeUps.getAndIncrement() == 0) {
            thread.schedule(this::goOn);
        }
    }

    @Override
    public void hangUp() {
        outflow.close();
    }

    private void goOn() {
        int seen;
        do {
            seen = wakeUps.get();
            Watch its = watch;
            if (its != null && !over && !parts.isCancelled()) {
                send(its);
            }
        } while (wakeUps.addAndGet(-seen) != 0);
    }

    private void send(Watch its) {
        while (parts.requestedFromDownstream() > 0 && outflow.hasRoom()) {
            byte[] part = part(its);
            if (part.length == 0) {
                break;
            }
            parts.next(part);
        }
        if (its.isOver()) {
            over = true;
            parts.complete();
        }
    }

    private byte[] part(Watch its) {
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        if (!begun) {
            begun = true;
            int retry = ThreadLocalRandom.current().nextInt(SHORTEST_RETRY_MILLIS, LONGEST_RETRY_MILLIS);
            part.writeBytes(EventText.retry(retry));
        }
        while (part.size() < PART_BYTES) {
            WatchEvent event = its.next();
            if (event == null) {
                break;
            }
            text.write(event, part);
        }
        return part.toByteArray();
    }
}
