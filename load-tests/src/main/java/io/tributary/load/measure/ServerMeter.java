package io.tributary.load.measure;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Measures the servers of one contender. Used by one thread. */
public final class ServerMeter {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Servers servers;
    private final AtomicLong mostOfPostgres = new AtomicLong();

    public ServerMeter(Servers servers) {
        this.servers = servers;
    }

    /**
     * Processes on this machine, where there are such.
     *
     * @param service the contender's own
     * @param postgres the first of its PostgreSQL server
     * @param kafka that of its Kafka broker
     */
    public record Servers(
            Optional<ProcessHandle> service, Optional<ProcessHandle> postgres, Optional<ProcessHandle> kafka) {}

    /**
     * What came of something, and what it cost.
     *
     * @param usage what the servers used meanwhile
     */
    public record Metered<T>(T result, Usage usage) {}

    /** Does something, and measures the servers meanwhile. */
    @SuppressWarnings("FutureReturnValueIgnored") // The looks end with the executor.
    public <T> Metered<T> during(Supplier<T> action) {
        Usage before = usage();
        try (ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor()) {
            looks.scheduleWithFixedDelay(
                    this::lookAtPostgres, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
            T result = action.get();
            return new Metered<>(result, usage().minus(before));
        }
    }

    private Usage usage() {
        return new Usage(
                servers.service().map(ProcessCpu::of).map(ProcessCpu::own),
                servers.postgres().map(ProcessCpu::of).map(ProcessCpu::ofTree),
                servers.kafka().map(ProcessCpu::of).map(ProcessCpu::own));
    }

    private void lookAtPostgres() {
        servers.postgres()
                .ifPresent(root -> ProcessMemory.residentOfTree(root)
                        .ifPresent(bytes -> mostOfPostgres.accumulateAndGet(bytes, Math::max)));
    }

    /** The peaks so far; to be asked while the servers still run. */
    public Memory memory() {
        long most = mostOfPostgres.get();
        return new Memory(
                peak(servers.service().map(ProcessMemory::peakResident)),
                peak(servers.service().map(PeakHeap::of)),
                most == 0 ? OptionalLong.empty() : OptionalLong.of(most));
    }

    private static OptionalLong peak(Optional<OptionalLong> bytes) {
        return bytes.orElse(OptionalLong.empty());
    }
}
