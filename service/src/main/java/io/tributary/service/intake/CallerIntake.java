package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Admission;
import io.tributary.service.lane.Answer;
import io.tributary.service.lane.BatchCall;
import io.tributary.service.lane.Caller;
import io.tributary.service.lane.Entry;
import io.tributary.service.lane.Lanes;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Queues callers' writes and batches in their lanes, has those forwarded whose lane another instance owns, and answers callers
 * who have waited too long. Thread-safe.
 */
public final class CallerIntake implements Writes, Batches {

    private final Lanes lanes;
    private final ToIntFunction<DocumentName> laneOf;
    private final Forwarding forwarding;
    private final Duration patience;
    private final Scheduler timer;

    /**
     * @param patience how long a caller waits at most
     * @param timer runs out when the patience does
     */
    public CallerIntake(
            Lanes lanes,
            ToIntFunction<DocumentName> laneOf,
            Forwarding forwarding,
            Duration patience,
            Scheduler timer) {
        this.lanes = lanes;
        this.laneOf = laneOf;
        this.forwarding = forwarding;
        this.patience = patience;
        this.timer = timer;
    }

    @Override
    public Mono<Answer> submit(Write write, int length, @Nullable String actor, @Nullable String traceparent) {
        return answered(
                caller -> lanes.offer(
                        laneOf.applyAsInt(write.document()),
                        new Entry.Call(new Entry.Submission(write, length, actor, traceparent), caller)),
                () -> forwarding.forward(write, actor, traceparent));
    }

    @Override
    public Mono<Answer> submit(Batch batch, int length, @Nullable String actor, @Nullable String traceparent) {
        return answered(
                caller -> lanes.offer(BatchCall.of(batch, length, laneOf, actor, traceparent, caller)),
                () -> forwarding.forward(batch, actor, traceparent));
    }

    private Mono<Answer> answered(Function<Caller, Admission> offer, Supplier<Mono<Answer>> elsewhere) {
        return Mono.defer(() -> {
            Sinks.One<Answer> answer = Sinks.one();
            Caller caller = new Caller(answer::tryEmitValue, answer::tryEmitEmpty);
            Admission admission = offer.apply(caller);
            return switch (admission) {
                case QUEUED ->
                    answer.asMono()
                            .timeout(patience, Mono.defer(() -> impatient(caller, answer.asMono())), timer)
                            .switchIfEmpty(Mono.defer(elsewhere));
                case NOT_HERE -> elsewhere.get();
                case FULL, UNAVAILABLE -> Mono.just(new Answer.GivenUp(refusal(admission)));
            };
        });
    }

    private static Mono<Answer> impatient(Caller caller, Mono<Answer> answer) {
        return switch (caller.giveUp()) {
            case NOT_APPLIED ->
                Mono.just(new Answer.GivenUp(Problem.of(
                        ProblemType.UNAVAILABLE, "the write waited too long for its turn; nothing was applied")));
            case UNKNOWN ->
                Mono.just(new Answer.GivenUp(Problem.of(
                        ProblemType.OUTCOME_UNKNOWN,
                        "the database has not answered in time; repeat the write with the same id")));
            case ANSWERED -> answer;
        };
    }

    private static Problem refusal(Admission admission) {
        return switch (admission) {
            case FULL -> Problem.of(ProblemType.BUSY, "too many writes wait for the same lane; nothing was applied");
            case UNAVAILABLE ->
                Problem.of(
                        ProblemType.UNAVAILABLE,
                        "the database is away or the service is stopping; nothing was applied");
            case QUEUED, NOT_HERE -> throw new IllegalArgumentException(admission + " is no refusal");
        };
    }
}
