package io.tributary.load.generator.sql;

import io.tributary.load.generator.Latencies;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** What pgbench writes down: a file for each of its threads, a line for each transaction. */
final class TransactionLogs {

    private static final String NAME = "transactions";
    private static final int MICROS = 2;

    private final Path directory;

    TransactionLogs(Path directory) {
        this.directory = directory;
    }

    /** Where pgbench is to put them. */
    Path prefix() {
        return directory.resolve(NAME);
    }

    /** The latencies of all transactions. Deletes the files, which are large. */
    Histogram takeLatencies() {
        Histogram latencies = Latencies.none();
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> files = entries.filter(
                            file -> file.getFileName().toString().startsWith(NAME + "."))
                    .toList();
            for (Path file : files) {
                try (Stream<String> lines = Files.lines(file)) {
                    lines.forEach(line -> Latencies.recordMicros(latencies, micros(line)));
                }
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return latencies;
    }

    /** @param line client, number of the transaction, its time in microseconds, and more */
    static long micros(String line) {
        return Long.parseLong(line.split(" ", MICROS + 2)[MICROS]);
    }
}
