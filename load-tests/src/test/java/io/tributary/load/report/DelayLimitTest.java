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

class DelayLimitTest {

    private static final DelayLimit LIMIT = new DelayLimit(Workload.LAG, 20);

    @Test
    void isKeptByDelaysBelowIt() {
        assertThat(LIMIT.row("ours", List.of(delayed("ours", 19_000))))
                .hasValueSatisfying(row -> assertThat(row).endsWith("| ≤ 20.0 ms | 19.0 | yes |\n"));
    }

    @Test
    void isMissedByDelaysAboveIt() {
        assertThat(LIMIT.row("ours", List.of(delayed("ours", 25_000))))
                .hasValueSatisfying(row -> assertThat(row).endsWith("| no |\n"));
    }

    @Test
    void holdsForTheServiceAlone() {
        assertThat(LIMIT.row("ours", List.of(delayed("theirs", 19_000)))).isEmpty();
    }

    private static Result delayed(String contender, long micros) {
        Histogram delays = Latencies.none();
        Latencies.recordMicros(delays, micros);
        Load load = new Load(Duration.ofSeconds(1), new Answers(1, 0, 0), delays, Duration.ZERO);
        return new Result(List.of(new Trial(Workload.LAG, contender, load, Usage.UNKNOWN)));
    }
}
