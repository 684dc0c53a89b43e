package io.tributary.load.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.measure.Usage;
import java.time.Duration;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Target THRICE =
            new Target(Workload.STREAM, "theirs", Workload.UNIFORM, Target.Figure.WRITES_PER_SECOND, 3);
    private static final Target SOON = new Target(Workload.RATE, "theirs", Workload.RATE, Target.Figure.P99, 2);

    @Test
    void isReachedByAsManyWritesAsItSays() {
        assertThat(THRICE.row(
                        "ours", List.of(result(Workload.STREAM, "ours", 300), result(Workload.UNIFORM, "theirs", 100))))
                .hasValueSatisfying(row -> assertThat(row).endsWith("| 3.00 | yes |\n"));
    }

    @Test
    void isMissedByFewer() {
        assertThat(THRICE.row(
                        "ours", List.of(result(Workload.STREAM, "ours", 299), result(Workload.UNIFORM, "theirs", 100))))
                .hasValueSatisfying(row -> assertThat(row).endsWith("| 2.99 | no |\n"));
    }

    @Test
    void isMissedByAnswersThatComeLater() {
        assertThat(SOON.row("ours", List.of(result(Workload.RATE, "ours", 210), result(Workload.RATE, "theirs", 100))))
                .hasValueSatisfying(row -> assertThat(row).endsWith("| 2.10 | no |\n"));
    }

    @Test
    void saysNothingWhenTheOtherWasNotMeasured() {
        assertThat(THRICE.row("ours", List.of(result(Workload.STREAM, "ours", 300))))
                .isEmpty();
    }

    /** @param figure writes a second, and microseconds of each */
    private static Result result(Workload workload, String contender, int figure) {
        Histogram latencies = Latencies.none();
        Latencies.recordMicros(latencies, figure);
        Load load = new Load(Duration.ofSeconds(1), new Answers(figure, 0, 0), latencies, Duration.ZERO);
        return new Result(List.of(new Trial(workload, contender, load, Usage.UNKNOWN)));
    }
}
