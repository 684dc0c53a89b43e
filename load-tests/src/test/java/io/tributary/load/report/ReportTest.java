package io.tributary.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.measure.Memory;
import io.tributary.load.measure.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final List<Trial> TRIALS = List.of(
            trial(Workload.UNIFORM, "ours", 5_000, 4_000),
            trial(Workload.UNIFORM, "plain", 1_000, 20_000),
            trial(Workload.UNIFORM, "ours", 9_000, 6_000),
            trial(Workload.UNIFORM, "plain", 1_000, 20_000),
            trial(Workload.UNIFORM, "ours", 6_000, 5_000),
            trial(Workload.RATE, "ours", 1_000, 2_000));

    private static final Report REPORT = new Report(
            TRIALS,
            "ours",
            Map.of("ours", new Memory(OptionalLong.of(300L << 20), OptionalLong.empty(), OptionalLong.of(2L << 30))),
            Map.of("parse-server", "no node"),
            Map.of("machine", "a small one"));

    @Test
    void givesMediansAndWhatTheSubjectDoesBesideThem() {
        assertThat(REPORT.markdown())
                .contains(
                        "| uniform | ours | 6,000 | 5,000 to 9,000 | 1.00 | 5.0 | 6.0 | 6.0 | 3 | 0.75 | 1.50 | – | 0.25 |\n")
                .contains(
                        "| uniform | plain | 1,000 | 1,000 to 1,000 | 6.00 | 20.0 | 20.0 | 20.0 | 2 | 5.00 | 10.00 | – | 0.25 |\n");
    }

    @Test
    void comparesNoThroughputWhereTheRateIsFixed() {
        assertThat(REPORT.markdown()).contains("| ours | 1,000 | 1,000 to 1,000 | – | 2.0 |");
    }

    @Test
    void tellsTheMostMemoryAndWhatIsNotKnownOfIt() {
        assertThat(REPORT.markdown()).contains("| ours | 300 | – | 2,048 |\n");
    }

    @Test
    void drawsOneChartForEachWorkload() {
        assertThat(new Charts(REPORT).svg()).containsOnlyKeys("uniform.svg", "rate.svg");
    }

    @Test
    void namesThoseWhoAreAbsent() {
        assertThat(REPORT.markdown()).contains("- **absent**, parse-server: no node\n");
    }

    @Test
    void tellsTheConditions() {
        assertThat(REPORT.markdown()).endsWith("- machine: a small one\n");
    }

    @Test
    void hasALineForEachTrialInTheCsv() {
        assertThat(new TrialsCsv(TRIALS).text().lines())
                .hasSize(7)
                .contains("uniform,ours,2,1.000,9000,1,0,9000.0,6003,6003,6003,0.50,1.00,,0.25");
    }

    private static Trial trial(Workload workload, String contender, int applied, int latencyMicros) {
        Histogram latencies = Latencies.none();
        Latencies.recordMicros(latencies, latencyMicros);
        return new Trial(
                workload,
                contender,
                new Load(Duration.ofSeconds(1), new Answers(applied, 1, 0), latencies, Duration.ofMillis(250)),
                new Usage(Optional.of(Duration.ofMillis(500)), Optional.of(Duration.ofSeconds(1)), Optional.empty()));
    }
}
