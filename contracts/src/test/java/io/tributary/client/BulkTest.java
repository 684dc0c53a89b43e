package io.tributary.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BulkAnswer;
import io.tributary.change.ProblemType;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** How a bulk is cut, sent and answered. */
class BulkTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String BUSY =
            "\"problem\":{\"type\":\"urn:tributary:problem:unavailable\",\"status\":503,\"detail\":\"away\"}";

    private final FakeTransport service = new FakeTransport();
    private final TributaryClient client = service.client();

    @Test
    void sendsALineForEachWrite() {
        service.answers(200, applied(1, 2));

        answered(writes(2), 1, 2);

        assertThat(service.bodies("/v1/bulk"))
                .containsExactly(
                        "{\"document\":\"a/0\",\"create\":{\"n\":0}}\n{\"document\":\"a/1\",\"create\":{\"n\":1}}\n");
        assertThat(service.calls.get(0).headers()).containsEntry("Content-Type", "application/x-ndjson");
    }

    @Test
    void cutsManyWritesIntoRequestsWithKeysOfTheirOwn() {
        service.answers(200, applied(IntStream.rangeClosed(1, 1_000).toArray())).answers(200, applied(1, 2));

        answered(writes(1_002), IntStream.rangeClosed(1, 1_002).toArray());

        assertThat(service.calls).hasSize(2);
        assertThat(service.calls)
                .extracting(call -> call.headers().get("Idempotency-Key"))
                .doesNotHaveDuplicates();
    }

    @Test
    void sendsALargeWriteAlone() {
        service.answers(200, applied(1)).answers(200, applied(1)).answers(200, applied(1));
        Write large = client.document("a/large")
                .create(Map.of("text", "x".repeat(100_000)))
                .write();

        answered(Flux.just(write(1), large, write(2)), 1, 2, 3);
    }

    @Test
    void sendsLinesAgainWhoseAnswersAreMissing() {
        service.answers(200, applied(1)).answers(200, applied(1, 2));

        answered(writes(2), 1, 2);

        assertThat(service.calls).hasSize(2).extracting(Object::toString).containsOnly("POST /v1/bulk");
        assertThat(service.calls.get(1).headers())
                .isEqualTo(service.calls.get(0).headers());
    }

    @Test
    void sendsLinesAgainThatWereNotDecided() {
        service.answers(200, applied(1) + "{\"line\":2,\"status\":503," + BUSY + "}\n")
                .answers(200, applied(1, 2));

        answered(writes(2), 1, 2);
    }

    @Test
    void tellsWhichLinesAreRefusedInTheEnd() {
        for (int i = 0; i < 8; i++) {
            service.answers(200, "{\"line\":1,\"status\":503," + BUSY + "}\n");
        }

        StepVerifier.create(client.bulk(writes(1)))
                .then(() -> service.time.advanceTimeBy(LONG))
                .assertNext(answer -> assertThat(
                                ((BulkAnswer.Refused) answer).problem().type())
                        .isEqualTo(ProblemType.UNAVAILABLE))
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void takesNoMoreWritesThanItCanSend() {
        int[] taken = {0};
        service.answers(200, applied(IntStream.rangeClosed(1, 1_000).toArray()));

        StepVerifier.create(client.bulk(writes(100_000).doOnNext(write -> taken[0]++)), 1)
                .expectNextCount(1)
                .then(() -> assertThat(taken[0]).isLessThan(3_000))
                .thenCancel()
                .verify(PATIENCE);
    }

    private Flux<Write> writes(int count) {
        return Flux.range(0, count).map(this::write);
    }

    private Write write(int number) {
        return client.document("a/" + number).create(Map.of("n", number)).write();
    }

    private void answered(Flux<Write> writes, int... lines) {
        StepVerifier.create(client.bulk(writes).map(BulkAnswer::line).collectList())
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectNext(IntStream.of(lines).mapToLong(line -> line).boxed().toList())
                .expectComplete()
                .verify(PATIENCE);
    }

    private static String applied(int... lines) {
        StringBuilder answers = new StringBuilder();
        for (int line : lines) {
            answers.append("{\"line\":")
                    .append(line)
                    .append(",\"status\":201,\"document\":\"a/b\",\"version\":1,")
                    .append("\"time\":\"2026-11-21T08:00:00Z\",\"created\":true,\"modified\":true}\n");
        }
        return answers.toString();
    }
}
