package io.tributary.load.generator.sql;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.Pace;
import io.tributary.load.generator.Schedule;
import io.tributary.load.generator.Traffic;
import io.tributary.load.measure.OwnCpu;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;

/** A thread for each connection, prepared statements, a transaction a statement: where pgbench is not installed. */
public final class JdbcClients implements LoadGenerator {

    private final Corpus corpus;
    private final DataSource database;
    private final int connections;

    public JdbcClients(Corpus corpus, DataSource database, int connections) {
        this.corpus = corpus;
        this.database = database;
        this.connections = connections;
    }

    @Override
    public Load drive(Traffic traffic) {
        OwnCpu cpu = new OwnCpu();
        long begin = System.nanoTime();
        Supplier<OptionalLong> moments = moments(traffic, begin);
        Histogram latencies = Latencies.none();
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Future<Histogram>> clients = new ArrayList<>();
            for (int i = 0; i < connections; i++) {
                IntSupplier indexes = traffic.keys().indexes(corpus, new Random(i));
                clients.add(threads.submit(() -> increments(indexes, moments)));
            }
            for (Future<Histogram> client : clients) {
                latencies.add(client.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
        return new Load(elapsed, new Answers(latencies.getTotalCount(), 0, 0), latencies, cpu.spent());
    }

    /** When the next write is due; nothing when there is none. Asked by all threads. */
    private static Supplier<OptionalLong> moments(Traffic traffic, long begin) {
        return switch (traffic.pace()) {
            case Pace.AsAnswered closed -> {
                long end = begin + traffic.length().toNanos();
                yield () -> {
                    long now = System.nanoTime();
                    return now - end < 0 ? OptionalLong.of(now) : OptionalLong.empty();
                };
            }
            case Pace.AtRate(int writesPerSecond) -> {
                Schedule schedule = new Schedule(begin, writesPerSecond, traffic.length());
                AtomicLong next = new AtomicLong();
                yield () -> {
                    long number = next.getAndIncrement();
                    return number < schedule.count() ? OptionalLong.of(schedule.due(number)) : OptionalLong.empty();
                };
            }
        };
    }

    private Histogram increments(IntSupplier indexes, Supplier<OptionalLong> moments) throws SQLException {
        Histogram latencies = Latencies.none();
        try (Connection connection = database.getConnection();
                PreparedStatement increment = connection.prepareStatement(IncrementStatement.of("?"))) {
            for (OptionalLong due = moments.get(); due.isPresent(); due = moments.get()) {
                waitUntil(due.getAsLong());
                increment.setString(1, corpus.name(indexes.getAsInt()));
                increment.executeUpdate();
                Latencies.recordNanos(latencies, System.nanoTime() - due.getAsLong());
            }
        }
        return latencies;
    }

    private static void waitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
