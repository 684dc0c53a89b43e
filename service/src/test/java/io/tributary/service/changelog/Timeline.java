package io.tributary.service.changelog;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * Time that passes when a test says so, and threads in it: their tasks run one at a time, whichever is due next, on the
 * test's own thread. The same tasks with the same delays run in the same order, always.
 */
public final class Timeline implements InstantSource {

    private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::due).thenComparingLong(Task::number));
    private long now;
    private long submitted;

    /** @param due in nanoseconds since the start */
    private record Task(long due, long number, Runnable work, Disposable cancelled) {}

    @Override
    public Instant instant() {
        return START.plusNanos(now);
    }

    /** A thread that does at once what it is given. */
    public Scheduler thread() {
        return thread(() -> Duration.ZERO);
    }

    /** A thread that is late, by another delay each time, but keeps the order of what it is given. */
    public Scheduler thread(Supplier<Duration> lateness) {
        return new LateThread(lateness);
    }

    /** Does what is due now, and what that leads to without delay. */
    public void settle() {
        runFor(Duration.ZERO);
    }

    /** Lets time pass. */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /** Lets time pass until something holds, but not longer than {@code longest}; returns whether it holds. */
    public boolean runUntil(BooleanSupplier condition, Duration longest) {
        long end = now + longest.toNanos();
        while (!condition.getAsBoolean()) {
            Task next = tasks.peek();
            if (next == null || next.due() > end) {
                now = end;
                return condition.getAsBoolean();
            }
            tasks.remove();
            now = Math.max(now, next.due());
            if (!next.cancelled().isDisposed()) {
                next.work().run();
            }
        }
        return true;
    }

    private Disposable at(long due, Runnable work) {
        Disposable cancelled = Disposables.single();
        tasks.add(new Task(due, submitted++, work, cancelled));
        return cancelled;
    }

    private final class LateThread implements Scheduler {

        private final Supplier<Duration> lateness;
        private long lastDue;

        private LateThread(Supplier<Duration> lateness) {
            this.lateness = lateness;
        }

        @Override
        public Disposable schedule(Runnable task) {
            lastDue = Math.max(lastDue, now + lateness.get().toNanos());
            return at(lastDue, task);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            return at(now + unit.toNanos(delay), task);
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            Disposable.Swap current = Disposables.swap();
            again(task, initialDelay, period, unit, current);
            return current;
        }

        private void again(Runnable task, long delay, long period, TimeUnit unit, Disposable.Swap current) {
            current.replace(schedule(
                    () -> {
                        task.run();
                        again(task, period, period, unit, current);
                    },
                    delay,
                    unit));
        }

        @Override
        public long now(TimeUnit unit) {
            return unit.convert(now, TimeUnit.NANOSECONDS);
        }

        @Override
        public Worker createWorker() {
            Disposable.Composite tasksOfWorker = Disposables.composite();
            return new Worker() {
                @Override
                public Disposable schedule(Runnable task) {
                    return kept(LateThread.this.schedule(task));
                }

                @Override
                public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
                    return kept(LateThread.this.schedule(task, delay, unit));
                }

                @Override
                public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
                    return kept(LateThread.this.schedulePeriodically(task, initialDelay, period, unit));
                }

                private Disposable kept(Disposable task) {
                    tasksOfWorker.add(task);
                    return task;
                }

                @Override
                public void dispose() {
                    tasksOfWorker.dispose();
                }

                @Override
                public boolean isDisposed() {
                    return tasksOfWorker.isDisposed();
                }
            };
        }
    }
}
