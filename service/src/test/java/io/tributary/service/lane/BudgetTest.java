package io.tributary.service.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BudgetTest {

    private final AtomicInteger told = new AtomicInteger();
    private final Budget budget = new Budget(100, told::incrementAndGet);

    @Test
    void givesNoMoreThanItHas() {
        assertThat(budget.take(60)).isTrue();
        assertThat(budget.take(41)).isFalse();
        assertThat(budget.take(40)).isTrue();
    }

    @Test
    void givesOneAllThatItNeedsWhenNobodyElseHasAny() {
        assertThat(budget.take(1_000)).isTrue();
        assertThat(budget.take(1)).isFalse();
    }

    @Test
    void tellsOfRoomWhenHalfOfItIsFreeAgain() {
        budget.take(40);
        budget.take(60);
        budget.take(1);
        budget.give(40);
        assertThat(told).hasValue(0);
        budget.give(60);

        assertThat(told).hasValue(1);
    }

    @Test
    void tellsOfRoomOnceForAllWhoWereRefused() {
        budget.take(100);
        budget.take(1);
        budget.take(1);
        budget.give(60);
        budget.give(40);

        assertThat(told).hasValue(1);
    }

    @Test
    void tellsNobodyWhenNobodyWasRefused() {
        budget.take(100);
        budget.give(100);

        assertThat(told).hasValue(0);
    }

    @Test
    void countsWhatIsPutBackThoughThereIsNoRoomForIt() {
        budget.take(100);
        budget.takeAnyhow(50);
        budget.give(100);

        assertThat(budget.take(51)).isFalse();
        assertThat(budget.taken()).isEqualTo(50);
    }

    @Test
    void neverGivesMoreThanItHasToManyAtOnce() {
        AtomicLong most = new AtomicLong();
        try (var threads = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 4)
                    .forEach(thread -> threads.execute(() -> {
                        for (int n = 0; n < 50_000; n++) {
                            if (budget.take(30)) {
                                most.accumulateAndGet(budget.taken(), Math::max);
                                budget.give(30);
                            }
                        }
                    }));
        }

        assertThat(most).hasValueLessThanOrEqualTo(100);
        assertThat(budget.taken()).isZero();
    }
}
