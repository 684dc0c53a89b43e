package io.tributary.load.generator.http;

import java.util.function.Supplier;

/** Sends a caller's next request as soon as the last one is answered, until the time is over. */
final class ClosedLoop implements Dispatcher {

    private final Supplier<byte[]> requests;
    private final long end;

    /** @param end by {@link System#nanoTime} */
    ClosedLoop(Supplier<byte[]> requests, long end) {
        this.requests = requests;
        this.end = end;
    }

    @Override
    public void free(Caller caller) {
        long now = System.nanoTime();
        if (now - end < 0) {
            caller.send(requests.get(), now);
        } else {
            caller.hangUp();
        }
    }

    @Override
    public long unsent() {
        return 0;
    }
}
