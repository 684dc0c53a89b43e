package io.tributary.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.ProblemException;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.service.watch.log.Positions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResumeTokenTest {

    private static final byte[] WATCH = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    private static final long CHANGELOG = -42;
    private static final Positions POSITIONS = Positions.of(List.of(
            new LanePosition(1_000_000_000_000L, 999_999_999_990L), new LanePosition(0, 0), new LanePosition(5, 700)));

    @Test
    void bringsBackThePositionsOfItsLanes() {
        int[] lanes = {2, 0};
        ResumeToken token =
                ResumeToken.read(ResumeToken.write(CHANGELOG, WATCH, lanes, POSITIONS), WATCH, lanes.length);
        Positions others =
                Positions.of(List.of(new LanePosition(1, 1), new LanePosition(1, 1), new LanePosition(1, 1)));

        assertThat(token.over(others, lanes)).isEqualTo(POSITIONS.with(1, new LanePosition(1, 1)));
        assertThat(token.isOf(CHANGELOG)).isTrue();
        assertThat(token.isOf(42)).isFalse();
    }

    @Test
    void isShort() {
        assertThat(ResumeToken.write(CHANGELOG, WATCH, new int[] {2}, POSITIONS))
                .hasSizeLessThan(32);
    }

    @Test
    void refusesEveryOtherText() {
        String token = ResumeToken.write(CHANGELOG, WATCH, new int[] {0, 1, 2}, POSITIONS);
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(cut), WATCH);
        }
        refuses(token + "AAAA", WATCH);
        refuses("ü", WATCH);
        refuses(token, new byte[] {9, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        byte[] negative = bytes.clone();
        Arrays.fill(negative, 17, 26, (byte) 0xff);
        refuses(Base64.getUrlEncoder().withoutPadding().encodeToString(negative), WATCH);
    }

    private static void refuses(String text, byte[] watch) {
        assertThatThrownBy(() -> ResumeToken.read(text, watch, 3)).isInstanceOf(ProblemException.class);
    }
}
