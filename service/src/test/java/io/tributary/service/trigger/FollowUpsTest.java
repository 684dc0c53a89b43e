package io.tributary.service.trigger;

import static io.tributary.service.trigger.Occurrences.trigger;
import static io.tributary.service.trigger.Occurrences.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Answer;
import io.tributary.trigger.TriggerAction;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class FollowUpsTest {

    private static final DocumentName ORDER = DocumentName.ofKey("orders/p1");

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final List<Write> written = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private final Deque<Problem> refusals = new ArrayDeque<>();
    private final FollowUps followUps = new FollowUps(
            (write, length, actor, traceparent) -> {
                written.add(write);
                return Mono.just(answer());
            },
            (batch, length, actor, traceparent) -> {
                batches.add(batch);
                return Mono.just(new Answer.DecidedBatch(
                        new BatchOutcome.Refused(Problem.of(ProblemType.ALREADY_EXISTS, "there")), false));
            },
            Limits.DEFAULT,
            2,
            time);

    @Test
    void areFilledIn() {
        StepVerifier.create(write(one(), update("products/p1", "{'stock': 4}", "stock")))
                .verifyComplete();

        assertThat(written)
                .containsExactly(WriteJson.readRecord(
                        "{\"document\":\"orders/p1\",\"create\":{\"left\":4},\"id\":\"t/1/restock/3/42\"}"
                                .getBytes(StandardCharsets.UTF_8),
                        null,
                        Limits.DEFAULT));
    }

    @Test
    void ofSeveralWritesAreOneBatch() {
        var two = "'do': {'writes': [{'document': 'orders/p1', 'create': {}}, {'document': 'log/p1', 'create': {}}]}";

        StepVerifier.create(write(two, update("products/p1", "{}"))).verifyComplete();

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.id()).isEqualTo("t/1/restock/3/42");
            assertThat(batch.writes()).hasSize(2);
        });
    }

    @Test
    void areDoneWhenTheirOwnConditionDeclinesThem() {
        refusals.add(Problem.of(ProblemType.ALREADY_EXISTS, "the order is there"));

        StepVerifier.create(write(one(), update("products/p1", "{'stock': 4}"))).verifyComplete();
    }

    @Test
    void areTriedAgainWhileNobodyCanDecideThem() {
        refusals.add(Problem.of(ProblemType.UNAVAILABLE, "away"));
        refusals.add(Problem.of(ProblemType.OUTCOME_UNKNOWN, "no answer"));
        refusals.add(Problem.of(ProblemType.BUSY, "full"));

        StepVerifier.withVirtualTime(
                        () -> write(one(), update("products/p1", "{'stock': 4}")), () -> time, Long.MAX_VALUE)
                .thenAwait(Duration.ofMinutes(1))
                .verifyComplete();

        assertThat(written).extracting(Write::id).hasSize(4).containsOnly("t/1/restock/3/42");
    }

    @Test
    void endWhenTheyNeverWillBeApplied() {
        refusals.add(Problem.of(ProblemType.TYPE_MISMATCH, "no number"));

        refused(write(one(), update("products/p1", "{'stock': 4}")), ProblemType.TYPE_MISMATCH);
    }

    @Test
    void endWhereAPlaceholderLeadsNowhere() {
        refused(write(one(), update("products/p1", "{}")), ProblemType.BAD_VALUE);
    }

    @Test
    void endALoopOfTriggers() {
        StepVerifier.create(write(one().replace("after.stock", "version"), Occurrences.by("t/1/restock/3/41")))
                .verifyComplete();
        refused(
                write(one().replace("after.stock", "version"), Occurrences.by("t/2/restock/3/41")),
                ProblemType.TRIGGER_LOOP);
    }

    private static String one() {
        return "'do': {'writes': [{'document': 'orders/${document.id}', 'create': {'left': '${after.stock}'}}]}";
    }

    private Mono<Void> write(String members, Occurrence occurrence) {
        return followUps.write(
                "restock", (TriggerAction.FollowUp) trigger(members).action(), occurrence);
    }

    private static void refused(Mono<Void> write, ProblemType type) {
        StepVerifier.create(write)
                .expectErrorSatisfies(failure -> assertThat(
                                ((ProblemException) failure).problem().type())
                        .isEqualTo(type))
                .verify();
    }

    private Answer answer() {
        Problem refusal = refusals.poll();
        if (refusal == null) {
            return new Answer.Decided(
                    new Outcome.Refused(ORDER, Problem.of(ProblemType.CONDITION_FAILED, "declined")), false);
        }
        return refusal.type().status() >= 429
                ? new Answer.GivenUp(refusal)
                : new Answer.Decided(new Outcome.Refused(ORDER, refusal), false);
    }
}
