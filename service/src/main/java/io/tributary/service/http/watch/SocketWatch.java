package io.tributary.service.http.watch;

import io.tributary.change.ProblemException;
import io.tributary.json.IntegerForm;
import io.tributary.service.watch.Watch;
import io.tributary.service.watch.WatchEvent;
import io.tributary.service.watch.WatchReader;
import io.tributary.service.watch.WatchRequest;
import io.tributary.service.watch.Watches;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One of the watches of a connection. Whatever happens only lets it queue for its turn, once. */
final class SocketWatch implements WatchReader {

    private final String name;
    private final EventJson json;
    private final WatchSocket socket;
    private final AtomicBoolean queued = new AtomicBoolean();
    private @Nullable Watch watch;

    SocketWatch(String name, IntegerForm integers, WatchSocket socket) {
        this.name = name;
        this.json = new EventJson(integers);
        this.socket = socket;
    }

    /** @throws ProblemException as {@link Watches#open} does */
    void begin(Watches watches, WatchRequest request) {
        watch = watches.open(request, this);
        ready();
    }

    String name() {
        return name;
    }

    @Override
    public void ready() {
        if (!queued.getAndSet(true)) {
            socket.queue(this);
        }
    }

    @Override
    public void hangUp() {
        socket.hangUp();
    }

    /**
     * It is its turn: the next event as a message, with another turn to come, null when there is none now. A heart-beat is
     * none: the connection has its own.
     */
    byte @Nullable [] next() {
        queued.set(false);
        Watch its = watch;
        if (its == null) {
            return null;
        }
        WatchEvent event = its.next();
        while (event != null && event.type() == WatchEvent.Type.HEART_BEAT) {
            event = its.next();
        }
        if (event == null) {
            return null;
        }
        ready();
        return SocketText.event(name, event, json);
    }

    boolean isOver() {
        return watch != null && watch.isOver();
    }

    void cancel() {
        if (watch != null) {
            watch.cancel();
        }
    }
}
