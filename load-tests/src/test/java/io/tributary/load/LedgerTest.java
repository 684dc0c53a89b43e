package io.tributary.load;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.load.generator.Answers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void agreesWithCountersThatHaveEveryAcknowledgedIncrement() {
        ledger.enter(new Answers(10, 3, 0));
        ledger.enter(new Answers(5, 0, 0));

        assertThatCode(() -> ledger.verify(15)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(longs = {15, 16, 17})
    void allowsThatUndecidedIncrementsWereAppliedOrNot(long sum) {
        ledger.enter(new Answers(15, 0, 2));

        assertThatCode(() -> ledger.verify(sum)).doesNotThrowAnyException();
    }

    @Test
    void noticesALostIncrement() {
        ledger.enter(new Answers(15, 0, 2));

        assertThatThrownBy(() -> ledger.verify(14)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void noticesAnIncrementThatWasAppliedTwiceOrAfterARefusal() {
        ledger.enter(new Answers(15, 4, 2));

        assertThatThrownBy(() -> ledger.verify(18)).isInstanceOf(IllegalStateException.class);
    }
}
