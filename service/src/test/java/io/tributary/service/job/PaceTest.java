package io.tributary.service.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class PaceTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();

    /** When the last one came through. */
    private Duration due = Duration.ZERO;

    @Test
    void letsThemThroughOneByOne() {
        StepVerifier.withVirtualTime(() -> through(3, 0.5), () -> time, Long.MAX_VALUE)
                .expectNext(1)
                .expectNoEvent(Duration.ofSeconds(2))
                .expectNext(2)
                .expectNoEvent(Duration.ofSeconds(2))
                .expectNext(3)
                .expectComplete()
                .verify(SOON);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "10, 100", "5000, 20000"})
    void keepsTheRate(double rate, int documents) {
        StepVerifier.withVirtualTime(() -> through(documents, rate), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofHours(1))
                .expectNextCount(documents)
                .expectComplete()
                .verify(SOON);

        assertThat(due)
                .isBetween(
                        Duration.ofMillis((long) ((documents - 1) / rate * 1_000) - 10),
                        Duration.ofMillis((long) (documents / rate * 1_000) + 10));
    }

    @Test
    void letsAllThroughAtOnceWithoutARate() {
        StepVerifier.create(through(1_000, null))
                .expectNextCount(1_000)
                .expectComplete()
                .verify(SOON);
        assertThat(due).isZero();
    }

    private Flux<Integer> through(int documents, @Nullable Double rate) {
        Pace pace = new Pace(rate, time);
        return Flux.range(1, documents)
                .concatMap(pace::turn, 1)
                .doOnNext(passed -> due = Duration.ofNanos(time.now(TimeUnit.NANOSECONDS)));
    }
}
