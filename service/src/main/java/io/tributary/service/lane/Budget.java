package io.tributary.service.lane;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The memory that entries may take while they wait, in all lanes together. For any thread, without locks. */
final class Budget {

    private final long limit;
    private final Runnable roomAgain;
    private final AtomicLong taken = new AtomicLong();

    /** Whether somebody was refused and not told of room since. */
    private final AtomicBoolean wanted = new AtomicBoolean();

    /**
     * @param limit in bytes
     * @param roomAgain run after half of it is free again, once somebody was refused; on the thread that gave back
     */
    Budget(long limit, Runnable roomAgain) {
        this.limit = limit;
        this.roomAgain = roomAgain;
    }

    /** Takes room if there is enough. Who needs more than the limit gets it when nobody else has any. */
    boolean take(long bytes) {
        if (tryTake(bytes)) {
            return true;
        }
        wanted.set(true);
        // The last room may have been given back before that could be seen.
        return tryTake(bytes);
    }

    private boolean tryTake(long bytes) {
        long now = taken.get();
        while (now == 0 || now + bytes <= limit) {
            if (taken.compareAndSet(now, now + bytes)) {
                return true;
            }
            now = taken.get();
        }
        return false;
    }

    /** Takes room that there need not be, for what was let in before. */
    void takeAnyhow(long bytes) {
        taken.addAndGet(bytes);
    }

    void give(long bytes) {
        long left = taken.addAndGet(-bytes);
        if (left <= limit / 2 && wanted.get() && wanted.compareAndSet(true, false)) {
            roomAgain.run();
        }
    }

    long taken() {
        return taken.get();
    }
}
