package io.tributary.load.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessCpuTest {

    private static final String STAT =
            "4242 (odd) name)) S 1 4242 4242 0 -1 4194560 900 80 1 0 150 50 30 20 20 0 17 0 12345 1000 200";

    @Test
    void addsUserAndSystemTime() {
        assertThat(ProcessCpu.times(STAT, 2)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void addsTheTimesOfEndedChildren() {
        assertThat(ProcessCpu.times(STAT, 4)).isEqualTo(Duration.ofMillis(2_500));
    }
}
