package io.tributary.service.http.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.service.http.request.WriteHeaders;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions.Return;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class BulkWritesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final ScriptedWrites writes = new ScriptedWrites();
    private final HttpHeaders headers = new HttpHeaders();
    private final BulkWrites bulk = new BulkWrites(
            writes, Limits.DEFAULT.withRequestBytes(200).withDocumentBytes((int) Bulk.BYTES_UNDER_WAY / 4), time);

    @Test
    void answersLinesInTheirOrder() {
        writes.hold();
        StepVerifier.create(answers(delete("a"), delete("b"), delete("c")))
                .then(() -> writes.answer(1))
                .then(() -> writes.answer(0))
                .expectNextMatches(json -> json.startsWith("{\"line\":1,") && json.contains("c/a"))
                .expectNextMatches(json -> json.startsWith("{\"line\":2,") && json.contains("c/b"))
                .then(() -> writes.answer(2))
                .expectNextMatches(json -> json.startsWith("{\"line\":3,") && json.contains("c/c"))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void letsABadLineFailAlone() {
        StepVerifier.create(answers(delete("a"), "nonsense", delete("b")))
                .expectNextMatches(json -> json.contains("\"status\":200"))
                .expectNextMatches(json -> json.contains("\"line\":2,\"status\":400,\"problem\":{"))
                .expectNextMatches(json -> json.contains("\"line\":3,\"status\":200"))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void goesOnBehindALineThatIsTooLong() {
        StepVerifier.create(answers("x".repeat(201), delete("b")))
                .expectNextMatches(json -> json.contains("\"line\":1,\"status\":413,"))
                .expectNextMatches(json -> json.contains("\"line\":2,\"status\":200"))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void givesEachLineAnIdOfTheKey() {
        headers.set("Idempotency-Key", "k");

        StepVerifier.create(answers(delete("a"), "", delete("b")))
                .expectNextCount(2)
                .expectComplete()
                .verify(SOON);

        assertThat(writes.taken()).extracting(Write::id).containsExactly("k/1", "k/3");
    }

    @Test
    void keepsTheIdThatALineHas() {
        headers.set("Idempotency-Key", "k");
        String line = "{\"id\":\"own\",\"document\":\"c/a\",\"delete\":true}";

        StepVerifier.create(answers(line)).expectNextCount(1).expectComplete().verify(SOON);

        assertThat(writes.taken()).extracting(Write::id).containsExactly("own");
    }

    @Test
    void answersAllLinesAsPreferred() {
        headers.set("Prefer", "return=minimal");

        StepVerifier.create(answers(delete("a")))
                .expectNextCount(1)
                .expectComplete()
                .verify(SOON);

        assertThat(writes.taken()).extracting(write -> write.options().answer()).containsExactly(Return.MINIMAL);
    }

    @Test
    void waitsForALaneThatIsFullWithoutBeingOvertaken() {
        writes.refuseAsBusy("c/a");

        StepVerifier.create(answers(delete("a"), delete("b")))
                .then(() -> time.advanceTimeBy(Bulk.PAUSE.multipliedBy(3)))
                .then(() -> assertThat(writes.taken()).isEmpty())
                .then(() -> writes.refuseAsBusy())
                .then(() -> time.advanceTimeBy(Bulk.PAUSE))
                .expectNextMatches(json -> json.contains("c/a"))
                .expectNextMatches(json -> json.contains("c/b"))
                .expectComplete()
                .verify(SOON);
        assertThat(writes.taken()).extracting(write -> write.document().path()).containsExactly("c/a", "c/b");
    }

    @Test
    void hasABoundedNumberOfLinesUnderWay() {
        writes.hold();
        TestPublisher<DataBuffer> body = TestPublisher.create();
        String part = (delete("a") + "\n").repeat(2 * Bulk.LINES_UNDER_WAY);

        StepVerifier.create(answers(body.flux()))
                .then(() -> body.next(buffer(part)))
                .then(() -> assertThat(writes.taken()).hasSize(Bulk.LINES_UNDER_WAY))
                .then(body::assertNoRequestOverflow)
                .then(() -> writes.answer(0))
                .expectNextCount(1)
                .then(() -> assertThat(writes.taken()).hasSize(Bulk.LINES_UNDER_WAY + 1))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void hasFewerLinesUnderWayThatReturnTheirDocuments() {
        writes.hold();
        headers.set("Prefer", "return=representation");

        StepVerifier.create(answers(delete("a"), delete("b"), delete("c"), delete("d"), delete("e")))
                .then(() -> assertThat(writes.taken()).hasSize(3))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void takesNoMoreInThanIsReadOfItsAnswers() {
        String[] lines = IntStream.range(0, 3 * Bulk.LINES_UNDER_WAY)
                .mapToObj(line -> delete("a"))
                .toArray(String[]::new);

        StepVerifier.create(parts(body(lines)), 0)
                .expectSubscription()
                .then(() -> assertThat(writes.taken()).hasSize(Bulk.LINES_UNDER_WAY))
                .thenCancel()
                .verify(SOON);
    }

    @Test
    void asksForNoMoreOfTheBodyThanItHasTakenIn() {
        writes.refuseAsBusy("c/a");
        TestPublisher<DataBuffer> body = TestPublisher.create();

        StepVerifier.create(answers(body.flux()))
                .then(() -> body.next(buffer(delete("a") + "\n")))
                .then(() -> body.assertMaxRequested(1))
                .thenCancel()
                .verify(SOON);
        body.assertCancelled();
    }

    @Test
    void answersWhatWasSubmittedBeforeItErrsAsTheBodyDoes() {
        writes.hold();
        Flux<DataBuffer> body =
                Flux.concat(Flux.just(buffer(delete("a") + "\n" + delete("b"))), Flux.error(new IOException("broken")));

        StepVerifier.create(answers(body))
                .then(() -> writes.answer(0))
                .expectNextMatches(json -> json.contains("c/a"))
                .expectErrorMessage("broken")
                .verify(SOON);
        assertThat(writes.taken()).hasSize(1);
    }

    @Test
    void goesOnWithWhatWasSubmittedWhenItsCallerLeaves() {
        writes.hold();
        StepVerifier.create(answers(delete("a")))
                .then(() -> assertThat(writes.taken()).hasSize(1))
                .thenCancel()
                .verify(SOON);

        assertThat(writes.cancelled()).isZero();
    }

    @Test
    void answersNothingToNothing() {
        StepVerifier.create(answers()).expectComplete().verify(SOON);
    }

    private Flux<String> answers(String... lines) {
        return answers(body(lines));
    }

    private Flux<String> answers(Flux<DataBuffer> body) {
        return parts(body).concatMapIterable(part -> List.of(part.split("(?<=\n)")), 1);
    }

    private Flux<String> parts(Flux<DataBuffer> body) {
        var request = new BulkWrites.Request("default", WriteHeaders.ofBulk(headers), IntegerForm.NUMBER);
        return bulk.answers(request, body).map(part -> new String(part, StandardCharsets.UTF_8));
    }

    private static Flux<DataBuffer> body(String... lines) {
        return Flux.fromStream(Stream.of(lines).map(line -> buffer(line + "\n")));
    }

    private static DataBuffer buffer(String text) {
        return DefaultDataBufferFactory.sharedInstance.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String delete(String id) {
        return "{\"document\":\"c/" + id + "\",\"delete\":true}";
    }
}
