package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.client.http.Reply;
import io.tributary.json.ProblemJson;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What the client does again, with what key, and what it does not. */
class RepetitionTest {

    private static final String APPLIED =
            "{\"document\":\"products/p42\",\"version\":7,\"time\":\"2026-11-21T08:00:00Z\",\"modified\":true}";
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final FakeTransport service = new FakeTransport();

    @Test
    void repeatsAWriteWithItsKeyWhenTheConnectionBreaks() {
        service.breaks().breaks().answers(200, APPLIED);

        applied(sold());

        assertThat(service.calls).hasSize(3);
        assertThat(service.calls).extracting(RepetitionTest::key).containsOnly(key(service.calls.get(0)));
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "UNAVAILABLE", "QUERY_TIMEOUT", "OUTCOME_UNKNOWN"})
    void repeatsAWriteWithItsKeyAfterWhatMayPass(ProblemType passing) {
        service.refuses(passing).answers(200, APPLIED);

        applied(sold());

        assertThat(service.calls).hasSize(2);
        assertThat(service.calls).extracting(RepetitionTest::key).containsOnly(key(service.calls.get(0)));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BUSY", "UNAVAILABLE", "QUERY_TIMEOUT", "OUTCOME_UNKNOWN"})
    void repeatsNothingElse(ProblemType refusal) {
        service.refuses(refusal);

        StepVerifier.create(sold())
                .expectErrorSatisfies(failure ->
                        assertThat(((ProblemException) failure).type()).isEqualTo(refusal))
                .verify(PATIENCE);

        assertThat(service.calls).hasSize(1);
    }

    @Test
    void repeatsAWriteThatIsNotAnsweredInTime() {
        service.staysSilent().answers(200, APPLIED);

        applied(sold());

        assertThat(service.calls).hasSize(2);
    }

    @Test
    void waitsAsLongAsTheServiceAsks() {
        byte[] busy = ProblemJson.write(Problem.of(ProblemType.BUSY, "for a reason"));
        service.answers(new Reply(429, "7", busy)).answers(200, APPLIED);

        StepVerifier.create(sold())
                .then(() -> service.time.advanceTimeBy(Duration.ofSeconds(7)))
                .then(() -> assertThat(service.calls).hasSize(1))
                .then(() -> service.time.advanceTimeBy(Duration.ofSeconds(1)))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void givesTheLastFailureAfterTheLastAttempt() {
        for (int i = 0; i < 7; i++) {
            service.breaks();
        }
        service.refuses(ProblemType.OUTCOME_UNKNOWN);

        StepVerifier.create(sold())
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectErrorSatisfies(failure ->
                        assertThat(((ProblemException) failure).type()).isEqualTo(ProblemType.OUTCOME_UNKNOWN))
                .verify(PATIENCE);
    }

    @Test
    void givesAnIOExceptionWhenNobodyAnswers() {
        for (int i = 0; i < 8; i++) {
            service.staysSilent();
        }

        StepVerifier.create(sold())
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectError(HttpTimeoutException.class)
                .verify(PATIENCE);
    }

    @Test
    void asksForTheSameWriteWhenItIsSubscribedToAgain() {
        Mono<Outcome.Applied> sold = sold();
        service.refuses(ProblemType.INTERNAL).answers(200, APPLIED);

        applied(sold.retry(1));

        assertThat(service.calls).extracting(RepetitionTest::key).containsOnly(key(service.calls.get(0)));
    }

    @Test
    void givesEachWriteAKeyOfItsOwn() {
        service.answers(200, APPLIED).answers(200, APPLIED);

        applied(sold());
        applied(sold());

        assertThat(service.calls).extracting(RepetitionTest::key).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheKeyOfACallerThatHasOne() {
        service.breaks().answers(200, APPLIED);

        applied(service.client()
                .document("products/p42")
                .update(u -> u.increment("stock", -1))
                .withId("order-4711")
                .send());

        assertThat(service.calls).extracting(RepetitionTest::key).containsExactly("order-4711", "order-4711");
    }

    @Test
    void repeatsABatchWithItsId() {
        service.breaks().answers(200, "{\"time\":\"2026-11-21T08:00:00Z\",\"results\":[]}");
        TributaryClient client = service.client();

        StepVerifier.create(client.batch(client.document("a/b").delete().write()))
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectNextCount(1)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(service.bodies("/v1/batch"))
                .hasSize(2)
                .containsOnly(service.bodies("/v1/batch").get(0));
    }

    @Test
    void takesAnAnswerFromSomebodyElseForAProblemOfItsStatus() {
        service.answers(new Reply(413, null, "<html>".getBytes(StandardCharsets.UTF_8)));

        StepVerifier.create(sold())
                .expectErrorSatisfies(failure ->
                        assertThat(((ProblemException) failure).type()).isEqualTo(ProblemType.REQUEST_TOO_LARGE))
                .verify(PATIENCE);
    }

    private Mono<Outcome.Applied> sold() {
        return service.client()
                .document("products/p42")
                .update(u -> u.increment("stock", -1))
                .send();
    }

    private void applied(Mono<Outcome.Applied> write) {
        StepVerifier.create(write)
                .then(() -> service.time.advanceTimeBy(LONG))
                .assertNext(outcome -> assertThat(outcome.version()).isEqualTo(7))
                .expectComplete()
                .verify(PATIENCE);
    }

    private static String key(Call call) {
        return call.headers().get("Idempotency-Key");
    }
}
