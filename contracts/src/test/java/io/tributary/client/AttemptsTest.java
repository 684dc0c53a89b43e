package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class AttemptsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private int made;

    @Test
    void pauseAFifthOfASecondAtFirstAndFiveSecondsLater() {
        assertThat(Attempts.of(5)).isEqualTo(new Attempts(5, Duration.ofMillis(200), Duration.ofSeconds(5)));
    }

    @Test
    void areMadeWithinTheirPauses() {
        Attempts attempts = Attempts.of(4).withPauses(Duration.ofSeconds(1), Duration.ofSeconds(2));

        StepVerifier.create(failing(attempts))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(1)))
                .then(() -> assertThat(made).isGreaterThanOrEqualTo(2))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(4)))
                .expectError(ArithmeticException.class)
                .verify(PATIENCE);

        assertThat(made).isEqualTo(4);
    }

    @Test
    void endWithAFailureThatDoesNotPass() {
        StepVerifier.create(failing(Attempts.of(4))
                        .retryWhen(Attempts.of(4).after(IllegalStateException.class::isInstance, time)))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(1)))
                .expectError(ArithmeticException.class)
                .verify(PATIENCE);

        assertThat(made).isEqualTo(4);
    }

    @Test
    void areAtLeastOneWithPausesThatGrow() {
        refused(() -> Attempts.of(0));
        refused(() -> Attempts.of(1).withPauses(Duration.ofSeconds(2), Duration.ofSeconds(1)));
        refused(() -> Attempts.of(1).withPauses(Duration.ofSeconds(-1), Duration.ofSeconds(1)));
    }

    private Mono<Object> failing(Attempts attempts) {
        return Mono.error(() -> {
                    made++;
                    return new ArithmeticException("attempt " + made);
                })
                .retryWhen(attempts.after(ArithmeticException.class::isInstance, time));
    }

    private static void refused(Executable making) {
        assertThatThrownBy(making::execute).isInstanceOf(IllegalArgumentException.class);
    }
}
