package io.tributary.load.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void hasAsManyWritesAsTheRateSays() {
        assertThat(new Schedule(0, 1_000, Duration.ofMillis(2_500)).count()).isEqualTo(2_500);
    }

    @Test
    void beginsAtTheBegin() {
        assertThat(new Schedule(-7, 1_000, Duration.ofSeconds(1)).due(0)).isEqualTo(-7);
    }

    @Test
    void spacesWritesEvenly() {
        Schedule schedule = new Schedule(0, 400, Duration.ofSeconds(1));

        assertThat(schedule.due(1)).isEqualTo(2_500_000);
        assertThat(schedule.due(399)).isEqualTo(997_500_000);
    }

    @Test
    void doesNotDriftWhereTheRateDoesNotDivideASecond() {
        Schedule schedule = new Schedule(0, 3, Duration.ofHours(1));

        assertThat(schedule.due(3L * 3_600)).isEqualTo(Duration.ofHours(1).toNanos());
    }
}
