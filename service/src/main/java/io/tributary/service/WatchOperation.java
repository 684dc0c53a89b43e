package io.tributary.service;

import io.tributary.service.watch.Watches;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and stops watches. Stops before the web server does, which would wait for their streams to end by themselves.
 */
final class WatchOperation implements SmartLifecycle {

    private final Watches watches;
    private volatile boolean running;

    WatchOperation(Watches watches) {
        this.watches = watches;
    }

    @Override
    public void start() {
        watches.start();
        running = true;
    }

    @Override
    public void stop() {
        watches.stop();
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** The last to start and the first to stop. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
