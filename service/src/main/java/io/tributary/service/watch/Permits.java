package io.tributary.service.watch;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Lets a number of tasks run at once; others wait in line. Thread-safe. */
final class Permits {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int free;

    Permits(int most) {
        this.free = most;
    }

    /** Runs a task as soon as there is room, on whichever thread makes it. Whoever ran {@link #release}s. */
    void acquire(Runnable task) {
        synchronized (this) {
            if (free == 0) {
                waiting.add(task);
                return;
            }
            free--;
        }
        task.run();
    }

    void release() {
        Runnable next = next();
        if (next != null) {
            next.run();
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = waiting.poll();
        if (next == null) {
            free++;
        }
        return next;
    }
}
