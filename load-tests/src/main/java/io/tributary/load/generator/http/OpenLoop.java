package io.tributary.load.generator.http;

import io.tributary.load.generator.Schedule;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sends requests when they are due, over whichever connection is free; one that finds none waits for it. */
final class OpenLoop implements Dispatcher {

    private final Supplier<byte[]> requests;
    private final Schedule schedule;
    private final ScheduledExecutorService loop;
    private final Queue<Caller> idle = new ArrayDeque<>();
    private long sent;
    private boolean alarmIsSet;

    /** @param loop the thread that all this runs on */
    OpenLoop(Supplier<byte[]> requests, Schedule schedule, ScheduledExecutorService loop) {
        this.requests = requests;
        this.schedule = schedule;
        this.loop = loop;
    }

    @Override
    public void free(Caller caller) {
        idle.add(caller);
        sendWhatIsDue();
    }

    private void sendWhatIsDue() {
        while (sent < schedule.count() && !idle.isEmpty()) {
            long due = schedule.due(sent);
            if (due - System.nanoTime() > 0) {
                setAlarm(due);
                return;
            }
            Caller caller = idle.remove();
            if (caller.isConnected()) {
                caller.send(requests.get(), due);
                sent++;
            }
        }
        if (sent == schedule.count()) {
            idle.forEach(Caller::hangUp);
            idle.clear();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // It does not fail, and is never cancelled.
    private void setAlarm(long due) {
        if (!alarmIsSet) {
            alarmIsSet = true;
            loop.schedule(
                    () -> {
                        alarmIsSet = false;
                        sendWhatIsDue();
                    },
                    due - System.nanoTime(),
                    TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public long unsent() {
        return schedule.count() - sent;
    }
}
