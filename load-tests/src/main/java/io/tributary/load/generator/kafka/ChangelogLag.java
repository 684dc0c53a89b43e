package io.tributary.load.generator.kafka;

import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * How long changes take from their commit until a consumer has them: the commit's time as the record tells it, against the
 * clock of this process, which must be that of the servers.
 */
public final class ChangelogLag {

    /** The CloudEvents header that has the commit's time. */
    private static final String TIME = "ce_time";

    private final String bootstrapServers;
    private final String topic;

    public ChangelogLag(String bootstrapServers, String topic) {
        this.bootstrapServers = bootstrapServers;
        this.topic = topic;
    }

    /**
     * Reads the changelog while something makes changes, and until all of them have come. Blocks.
     *
     * @return the load with these delays in the place of its latencies
     * @throws IllegalStateException when there are more or fewer changes than applied writes
     */
    public Load during(Supplier<Load> changes) {
        Histogram lag = Latencies.none();
        AtomicLong count = new AtomicLong(Long.MAX_VALUE);
        try (ChangelogReader reader = new ChangelogReader(bootstrapServers, topic)) {
            CompletableFuture<Void> reading =
                    CompletableFuture.runAsync(() -> reader.read(count::get, record -> take(record, lag)));
            Load load = changes.get();
            count.set(load.answers().applied());
            reading.orTimeout(Duration.ofMinutes(2).toSeconds(), TimeUnit.SECONDS)
                    .join();
            return new Load(load.elapsed(), load.answers(), lag, load.generatorCpu());
        }
    }

    private static void take(ConsumerRecord<byte[], byte[]> record, Histogram lag) {
        Header time = record.headers().lastHeader(TIME);
        Instant committed = Instant.parse(new String(time.value(), StandardCharsets.US_ASCII));
        Latencies.recordMicros(lag, ChronoUnit.MICROS.between(committed, Instant.now()));
    }
}
