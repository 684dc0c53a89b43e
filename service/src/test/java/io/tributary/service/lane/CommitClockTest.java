package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CommitClockTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Instant wall = NOON;
    private final CommitClock clock = new CommitClock(() -> wall);

    @Test
    void tellsTheTimeOfTheWall() {
        assertThat(clock.after(Instant.EPOCH)).isEqualTo(NOON);
    }

    @Test
    void cutsTheTimeToMicroseconds() {
        wall = NOON.plusNanos(1_999);

        assertThat(clock.after(Instant.EPOCH)).isEqualTo(NOON.plusNanos(1_000));
    }

    @Test
    void addsAMicrosecondWhileTheWallStandsStill() {
        clock.after(Instant.EPOCH);

        assertThat(clock.after(Instant.EPOCH)).isEqualTo(NOON.plusNanos(1_000));
    }

    @Test
    void goesOnWhenTheWallSteppedBack() {
        clock.after(Instant.EPOCH);
        wall = NOON.minusSeconds(3_600);

        assertThat(clock.after(Instant.EPOCH)).isEqualTo(NOON.plusNanos(1_000));
    }

    @Test
    void isLaterThanTheLastTimeOfALaneWhoseOwnerWasAhead() {
        Instant ahead = NOON.plusSeconds(5);

        assertThat(clock.after(ahead)).isEqualTo(ahead.plusNanos(1_000));
    }

    @Test
    void staysAheadOfEveryLaneForAll() {
        clock.after(NOON.plusSeconds(5));

        assertThat(clock.after(Instant.EPOCH)).isAfter(NOON.plusSeconds(5));
    }
}
