package io.tributary.client;

import static io.tributary.client.FakeTransport.document;
import static io.tributary.client.FakeTransport.documents;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.BatchJson;
import io.tributary.json.Limits;
import io.tributary.name.DocumentName;
import io.tributary.write.Batch;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What a transaction reads, sends and repeats. */
class TransactionTest {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String COMMITTED = "{\"time\":\"2026-11-21T08:00:00Z\",\"results\":[]}";
    private static final String ADA = document("accounts/ada", 3, "{\"balance\":100}");
    private static final String ADA_LATER = document("accounts/ada", 4, "{\"balance\":60}");
    private static final String BOB = document("accounts/bob", 8, "{\"balance\":5}");

    private final FakeTransport service = new FakeTransport();
    private final TributaryClient client = service.client();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void sendsItsWritesWithTheVersionsThatItHasRead() {
        service.answers(200, documents(ADA, BOB)).answers(200, COMMITTED);

        emits(
                95L,
                client.runTransaction(tx -> tx.getAll("accounts/ada", "accounts/bob")
                        .map(read -> {
                            long moved =
                                    read.get(0).integer("balance") - read.get(1).integer("balance");
                            tx.update("accounts/ada", u -> u.increment("balance", -moved));
                            tx.update("accounts/bob", u -> u.increment("balance", moved));
                            return moved;
                        })));

        Batch batch = batches().get(0);
        assertThat(batch.reads())
                .containsExactly(
                        new Batch.Read(DocumentName.of("accounts/ada"), 3),
                        new Batch.Read(DocumentName.of("accounts/bob"), 8));
        assertThat(batch.writes()).hasSize(2);
    }

    @Test
    void remembersThatADocumentWasMissing() {
        service.refuses(Problem.of(ProblemType.NOT_FOUND, "none").withDocument("accounts/ada"))
                .answers(200, COMMITTED);

        completes(client.runTransaction(tx -> tx.get("accounts/ada").flatMap(ada -> {
            assertThat(ada.exists()).isFalse();
            tx.create("accounts/ada", Map.of("balance", 0));
            return Mono.empty();
        })));

        assertThat(batches().get(0).reads()).containsExactly(new Batch.Read(DocumentName.of("accounts/ada"), 0));
    }

    @Test
    void refusesToReadAfterItHasWritten() {
        StepVerifier.create(
                        client.runTransaction(tx -> tx.delete("accounts/ada").get("accounts/bob")))
                .expectErrorMatches(failure -> failure instanceof IllegalStateException
                        && failure.getMessage().contains("reads before it writes"))
                .verify(PATIENCE);

        assertThat(service.calls).isEmpty();
    }

    @Test
    void refusesToBeUsedWhenItIsOver() {
        service.answers(200, ADA);
        Transaction over = client.runTransaction(tx -> tx.get("accounts/ada").thenReturn(tx))
                .block(PATIENCE);

        StepVerifier.create(over.get("accounts/bob"))
                .expectError(IllegalStateException.class)
                .verify(PATIENCE);
    }

    @Test
    void runsAgainWhenWhatItReadHasChanged() {
        service.answers(200, ADA).refuses(ProblemType.CONFLICT);
        service.answers(200, ADA_LATER).answers(200, COMMITTED);

        emits(60L, spending());

        assertThat(runs).hasValue(2);
        assertThat(batches()).extracting(Batch::id).doesNotHaveDuplicates();
        assertThat(batches())
                .extracting(batch -> batch.reads().get(0).version())
                .containsExactly(3L, 4L);
    }

    @Test
    void repeatsACommitWhoseAnswerWasLostWithoutRunningAgain() {
        service.answers(200, ADA).breaks().refuses(ProblemType.OUTCOME_UNKNOWN).answers(200, COMMITTED);

        emits(100L, spending());

        assertThat(runs).hasValue(1);
        assertThat(batches()).hasSize(3);
        assertThat(batches()).containsOnly(batches().get(0));
    }

    @Test
    void givesUpAfterFiveRuns() {
        for (int i = 0; i < 5; i++) {
            service.answers(200, ADA).refuses(ProblemType.CONFLICT);
        }

        fails(ProblemType.CONFLICT, spending());

        assertThat(runs).hasValue(5);
    }

    @Test
    void doesNotRunAgainAfterAnotherRefusal() {
        service.answers(200, ADA).refuses(ProblemType.CONDITION_FAILED);

        fails(ProblemType.CONDITION_FAILED, spending());

        assertThat(runs).hasValue(1);
    }

    @Test
    void writesNothingWhenTheFunctionFails() {
        service.answers(200, ADA);

        StepVerifier.create(client.runTransaction(tx -> tx.get("accounts/ada").flatMap(ada -> {
                    tx.delete("accounts/ada");
                    return Mono.error(new ArithmeticException("no"));
                })))
                .expectError(ArithmeticException.class)
                .verify(PATIENCE);

        assertThat(batches()).isEmpty();
    }

    @Test
    void writesNothingWhenTheFunctionThrows() {
        StepVerifier.create(client.<Long>runTransaction(tx -> {
                    tx.delete("accounts/ada");
                    throw new ArithmeticException("no");
                }))
                .expectError(ArithmeticException.class)
                .verify(PATIENCE);

        assertThat(service.calls).isEmpty();
    }

    @Test
    void runsAgainWhenTheFunctionFailedOverWhatNeverWasTogether() {
        service.answers(200, ADA).answers(200, BOB).answers(200, documents(ADA_LATER, BOB));
        service.answers(200, ADA_LATER).answers(200, BOB);

        emits(
                65L,
                client.runTransaction(tx -> Mono.zip(tx.get("accounts/ada"), tx.get("accounts/bob"))
                                .handle((read, sink) -> {
                                    long sum = read.getT1().integer("balance")
                                            + read.getT2().integer("balance");
                                    if (runs.incrementAndGet() == 1) {
                                        sink.error(new ArithmeticException("the books do not balance"));
                                    } else {
                                        service.answers(200, documents(ADA_LATER, BOB));
                                        sink.next(sum);
                                    }
                                }))
                        .cast(Long.class));

        assertThat(runs).hasValue(2);
    }

    @Test
    void commitsNothingWhenItHasOnlyRead() {
        service.answers(200, documents(ADA, BOB));

        emits(105L, sum());

        assertThat(service.calls).hasSize(1);
    }

    @Test
    void makesSureThatSeveralReadingsWereTrueTogether() {
        service.answers(200, ADA).answers(200, BOB).answers(200, documents(ADA_LATER, BOB));
        service.answers(200, ADA_LATER).answers(200, BOB).answers(200, documents(ADA_LATER, BOB));

        emits(
                65L,
                client.runTransaction(tx -> tx.get("accounts/ada")
                        .flatMap(ada ->
                                tx.get("accounts/bob").map(bob -> ada.integer("balance") + bob.integer("balance")))));

        assertThat(batches()).isEmpty();
    }

    @Test
    void readsADocumentOnce() {
        service.answers(200, ADA);

        emits(
                200L,
                client.runTransaction(tx -> tx.get("accounts/ada")
                        .flatMap(first -> tx.get("accounts/ada")
                                .map(second -> first.integer("balance") + second.integer("balance")))));

        assertThat(service.calls).hasSize(1);
    }

    @Test
    void runsAgainAtOnceWhenALaterReadingShowsAChange() {
        service.answers(200, ADA).answers(200, documents(ADA_LATER, BOB));
        service.answers(200, ADA_LATER).answers(200, documents(ADA_LATER, BOB)).answers(200, documents(ADA_LATER, BOB));

        emits(
                2,
                client.runTransaction(tx -> tx.get("accounts/ada")
                        .flatMap(ada -> tx.getAll("accounts/ada", "accounts/bob"))
                        .map(List::size)));
    }

    @Test
    void commitsAlsoWhenTheFunctionEmitsNothing() {
        service.answers(200, COMMITTED);

        completes(client.runTransaction(tx -> Mono.fromRunnable(() -> tx.delete("accounts/ada"))));

        assertThat(batches()).hasSize(1);
    }

    @Test
    void takesNoDocumentOfAnotherDatabase() {
        StepVerifier.create(client.runTransaction(tx -> tx.get(DocumentName.of("other", "accounts/ada"))))
                .expectError(IllegalArgumentException.class)
                .verify(PATIENCE);
    }

    private Mono<Long> spending() {
        return client.runTransaction(tx -> tx.get("accounts/ada").map(ada -> {
            runs.incrementAndGet();
            tx.update("accounts/ada", u -> u.set("balance", 0));
            return ada.integer("balance");
        }));
    }

    private Mono<Long> sum() {
        return client.runTransaction(tx -> tx.getAll("accounts/ada", "accounts/bob")
                .map(read -> read.stream()
                        .mapToLong(account -> account.integer("balance"))
                        .sum()));
    }

    private <T> void emits(T value, Mono<T> transaction) {
        StepVerifier.create(transaction)
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectNext(value)
                .expectComplete()
                .verify(PATIENCE);
    }

    private void completes(Mono<?> transaction) {
        StepVerifier.create(transaction)
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectComplete()
                .verify(PATIENCE);
    }

    private void fails(ProblemType type, Mono<?> transaction) {
        StepVerifier.create(transaction)
                .then(() -> service.time.advanceTimeBy(LONG))
                .expectErrorMatches(failure -> failure instanceof ProblemException refusal && refusal.type() == type)
                .verify(PATIENCE);
    }

    private List<Batch> batches() {
        return service.bodies("/v1/batch").stream()
                .map(body -> BatchJson.read("default", body.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT))
                .toList();
    }
}
