package io.tributary.load.generator.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionLogsTest {

    @TempDir
    Path directory;

    @Test
    void addsUpTheLatenciesOfAllThreads() throws IOException {
        TransactionLogs logs = new TransactionLogs(directory);
        Files.writeString(Path.of(logs.prefix() + ".123"), "0 1 500 0 1700000000 5\n1 1 700 0 1700000000 6 20\n");
        Files.writeString(Path.of(logs.prefix() + ".123.1"), "2 1 900 0 1700000000 7\n");

        Histogram latencies = logs.takeLatencies();

        assertThat(latencies.getTotalCount()).isEqualTo(3);
        assertThat(latencies.getMaxValue()).isEqualTo(900);
    }

    @Test
    void leavesNoFileBehind() throws IOException {
        TransactionLogs logs = new TransactionLogs(directory);
        Files.writeString(Path.of(logs.prefix() + ".123"), "0 1 500 0 1700000000 5\n");

        logs.takeLatencies();

        assertThat(directory).isEmptyDirectory();
    }
}
