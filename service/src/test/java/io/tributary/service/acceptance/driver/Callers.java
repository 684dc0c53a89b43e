package io.tributary.service.acceptance.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Many callers at once, each with one call under way. */
public final class Callers {

    private final int count;

    private Callers(int count) {
        this.count = count;
    }

    /** @param count how many calls are under way at most */
    public static Callers of(int count) {
        return new Callers(count);
    }

    /** Makes the calls 0 to {@code calls - 1}, and waits for all. Throws what the first failing one has thrown. */
    public void call(int calls, IntConsumer call) {
        begin(calls, call).join();
    }

    /** Makes the calls 0 to {@code calls - 1} in the background; the future completes after the last one. */
    public CompletableFuture<Void> begin(int calls, IntConsumer call) {
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        for (int caller = 0; caller < count; caller++) {
            callers.add(CompletableFuture.runAsync(
                    () -> {
                        for (int number = next.getAndIncrement(); number < calls; number = next.getAndIncrement()) {
                            call.accept(number);
                        }
                    },
                    threads));
        }
        return CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
                .whenComplete((nothing, failure) -> threads.shutdown());
    }
}
