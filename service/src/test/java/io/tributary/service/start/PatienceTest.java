package io.tributary.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PatienceTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Patience.Awaited SERVER = new Patience.Awaited("The server at db:1", "Start it.");

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void asksAgainUntilItIsAnswered() {
        StepVerifier.withVirtualTime(() -> await(answeredAtThe(5, new IOException("away"))))
                .thenAwait(LIMIT)
                .expectNext("answer")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void refusesTheStartWhenTheLimitHasPassed() {
        StepVerifier.withVirtualTime(() -> await(answeredAtThe(Integer.MAX_VALUE, new IOException("away"))))
                .expectSubscription()
                .expectNoEvent(LIMIT)
                .thenAwait(Duration.ofSeconds(10))
                .expectErrorSatisfies(failure -> assertThat(failure)
                        .isInstanceOf(RefusedStartException.class)
                        .hasMessage("The server at db:1 does not answer: away. Start it."))
                .verify(SOON);
    }

    @Test
    void doesNotWaitForWhatWillNotPass() {
        StepVerifier.withVirtualTime(() -> await(answeredAtThe(2, new IllegalArgumentException("wrong password"))))
                .expectErrorMessage("wrong password")
                .verify(SOON);
    }

    private Mono<String> await(Mono<String> question) {
        return new Patience(LIMIT).await(SERVER, question, IOException.class::isInstance);
    }

    private Mono<String> answeredAtThe(int attempt, Exception before) {
        return Mono.fromCallable(() -> {
            if (attempts.incrementAndGet() < attempt) {
                throw before;
            }
            return "answer";
        });
    }
}
