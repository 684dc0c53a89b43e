package io.tributary.kafka.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TopicShapeTest {

    private static final int MEBIBYTE = 1 << 20;

    @Test
    void aRecordHoldsTheLargestRequestAndSomeMore() {
        assertThat(TopicShape.of(16, 10 * MEBIBYTE, MEBIBYTE).maxMessageBytes()).isEqualTo(11 * MEBIBYTE);
    }

    @Test
    void aRecordHoldsTheLargestDocumentThreeTimesAndSomeMore() {
        assertThat(TopicShape.of(16, 10 * MEBIBYTE, 5 * MEBIBYTE).maxMessageBytes())
                .isEqualTo(16 * MEBIBYTE);
    }

    @Test
    void refusesLimitsThatNoRecordCouldHave() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> TopicShape.of(16, 10 * MEBIBYTE, 1L << 30));
    }

    @Test
    void refusesToHaveNoLanes() {
        assertThatIllegalArgumentException().isThrownBy(() -> TopicShape.of(0, MEBIBYTE, MEBIBYTE));
    }
}
