package io.tributary.kafka.publish;

import java.time.Duration;

/** Counts the bytes in flight, and remembers whether somebody was refused. Safe for any thread. */
final class Room {

    private final long limit;
    private long taken;
    private boolean wanted;

    Room(long limit) {
        this.limit = limit;
    }

    /** Takes room if there is enough. A batch larger than the limit gets it when nothing else is in flight. */
    synchronized boolean take(long bytes) {
        if (taken > 0 && taken + bytes > limit) {
            wanted = true;
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Gives room back; true when somebody was refused before and half of the room is free now. */
    synchronized boolean give(long bytes) {
        taken -= bytes;
        if (taken == 0) {
            notifyAll();
        }
        boolean tell = wanted && taken <= limit / 2;
        wanted &= !tell;
        return tell;
    }

    /** Waits until all is given back, at most so long. */
    synchronized void awaitEmpty(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); taken > 0 && left > 0; left = deadline - System.nanoTime()) {
            wait(left / 1_000_000 + 1);
        }
    }
}
