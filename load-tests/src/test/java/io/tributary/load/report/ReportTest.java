package io.tributary.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Load;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReportTest {

    private static final Report REPORT = new Report(
            List.of(
                    http("ours", 5_000, 4_000),
                    http("plain", 1_000, 20_000),
                    http("ours", 9_000, 6_000),
                    http("plain", 1_000, 20_000),
                    http("ours", 6_000, 5_000),
                    new Trial(
                            Workload.KAFKA_UNIFORM,
                            "ours",
                            new Load(
                                    Duration.ofSeconds(2), new Answers(40_000, 0, 0), latency(), Duration.ofSeconds(1)),
                            Duration.ofSeconds(2))),
            "plain",
            Map.of("machine", "a small one"));

    @Test
    void givesMediansAndWhatTheyAreToTheBaseline() {
        assertThat(REPORT.markdown())
                .contains("| HTTP, uniform | ours | 6,000 | 5,000 to 9,000 | 6.00 | 5.0 | 6.0 | 3 | 75 | 0.25 |\n")
                .contains("| HTTP, uniform | plain | 1,000 | 1,000 to 1,000 | 1.00 | 20.0 | 20.0 | 2 | 500 | 0.25 |\n");
    }

    @Test
    void comparesKafkaWithTheBaselinesHttp() {
        assertThat(REPORT.markdown())
                .contains(
                        "| Kafka intake, uniform | ours | 20,000 | 20,000 to 20,000 | 20.00 | – | – | 0 | 50 | 0.50 |\n");
    }

    @Test
    void tellsTheConditions() {
        assertThat(REPORT.markdown()).endsWith("- machine: a small one\n");
    }

    @Test
    void hasALineForEachTrialInTheCsv() {
        assertThat(REPORT.csv().lines())
                .hasSize(7)
                .contains("http_uniform,ours,2,1.000,9000,1,0,9000.0,6003,6003,0.50,0.25");
    }

    private static Trial http(String server, int applied, int latencyMicros) {
        return new Trial(
                Workload.HTTP_UNIFORM,
                server,
                new Load(
                        Duration.ofSeconds(1),
                        new Answers(applied, 1, 0),
                        latency(latencyMicros),
                        Duration.ofMillis(250)),
                Duration.ofMillis(500));
    }

    private static Histogram latency(int... micros) {
        Histogram histogram = new Histogram(100_000, 3);
        for (int each : micros) {
            histogram.recordValue(each);
        }
        return histogram;
    }
}
