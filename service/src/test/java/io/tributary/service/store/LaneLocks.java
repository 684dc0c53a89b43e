package io.tributary.service.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** The row locks of lanes: one holder each, and those who wait in the order in which they came. */
final class LaneLocks {

    private final Map<Integer, Object> holders = new HashMap<>();
    private final Deque<Waiter> waiters = new ArrayDeque<>();

    boolean isFreeFor(Object holder, int lane) {
        Object current = holders.get(lane);
        return current == null || current == holder;
    }

    boolean isHeldBy(Object holder, int lane) {
        return holders.get(lane) == holder;
    }

    /** Locks lanes one after another in their order, keeping what it has while it waits, and then runs {@code locked}. */
    void lock(Object holder, SortedSet<Integer> lanes, Runnable locked) {
        proceed(new Waiter(holder, new ArrayDeque<>(lanes), locked));
    }

    /** Frees all lanes of a holder, who waits for none any more, and lets those proceed who waited for one. */
    void release(Object holder) {
        waiters.removeIf(waiter -> waiter.holder == holder);
        holders.values().removeIf(current -> current == holder);
        List<Waiter> ready = new ArrayList<>();
        for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
            Waiter waiter = all.next();
            if (ready.stream().noneMatch(other -> other.lanes.peek().equals(waiter.lanes.peek()))
                    && isFreeFor(waiter.holder, waiter.lanes.element())) {
                all.remove();
                ready.add(waiter);
            }
        }
        ready.forEach(this::proceed);
    }

    boolean anybodyWaits() {
        return !waiters.isEmpty();
    }

    private void proceed(Waiter waiter) {
        for (@Nullable Integer lane = waiter.lanes.peek(); lane != null; lane = waiter.lanes.peek()) {
            if (!isFreeFor(waiter.holder, lane)) {
                waiters.add(waiter);
                return;
            }
            holders.put(lane, waiter.holder);
            waiter.lanes.remove();
        }
        waiter.locked.run();
    }

    /** @param lanes those that it still has to lock */
    private record Waiter(Object holder, Deque<Integer> lanes, Runnable locked) {}
}
