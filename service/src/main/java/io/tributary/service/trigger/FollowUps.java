package io.tributary.service.trigger;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.BatchJson;
import io.tributary.json.Limits;
import io.tributary.json.TemplateJson;
import io.tributary.service.intake.Batches;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.trigger.TriggerAction;
import io.tributary.trigger.WriteTemplate;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Writes what triggers say, exactly once: the id of a follow-up is made from the change, and what is repeated after a crash is
 * recognised by it.
 */
final class FollowUps {

    /** The follow-up's own conditions, which say that there is nothing to do. */
    private static final Set<ProblemType> DECLINED = Set.of(ProblemType.CONDITION_FAILED, ProblemType.ALREADY_EXISTS);

    private static final Set<ProblemType> PASSING =
            Set.of(ProblemType.UNAVAILABLE, ProblemType.BUSY, ProblemType.OUTCOME_UNKNOWN);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Writes writes;
    private final Batches batches;
    private final Limits limits;
    private final int deepest;
    private final Scheduler timer;

    /**
     * @param deepest how many triggers may lead to a change, one after another
     * @param timer waits before what could not be decided is tried again
     */
    FollowUps(Writes writes, Batches batches, Limits limits, int deepest, Scheduler timer) {
        this.writes = writes;
        this.batches = batches;
        this.limits = limits;
        this.deepest = deepest;
        this.timer = timer;
    }

    /**
     * Completes when the follow-up is applied, or declined by its own condition. Errs with a {@link ProblemException} when it
     * never will be. While the database is away it waits.
     */
    Mono<Void> write(String trigger, TriggerAction.FollowUp followUp, Occurrence occurrence) {
        return Mono.fromCallable(() -> batch(followUp, occurrence))
                .flatMap(batch -> submitted(batch, occurrence.followUpId(trigger)))
                .doOnNext(FollowUps::judge)
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(timer)
                        .filter(FollowUps::isPassing))
                .then();
    }

    private Batch batch(TriggerAction.FollowUp followUp, Occurrence occurrence) {
        if (occurrence.depth() >= deepest) {
            throw new ProblemException(Problem.of(
                    ProblemType.TRIGGER_LOOP,
                    "more than " + deepest + " triggers have fired one another; the last of them writes nothing"));
        }
        String json = followUp.writes().stream()
                .map(template -> filled(template, occurrence))
                .collect(Collectors.joining(",", "{\"writes\":[", "]}"));
        return BatchJson.read(occurrence.change().document().database(), json.getBytes(StandardCharsets.UTF_8), limits);
    }

    private static String filled(WriteTemplate template, Occurrence occurrence) {
        return new String(TemplateJson.fill(template, occurrence::valueOf), StandardCharsets.UTF_8);
    }

    private Mono<Answer> submitted(Batch batch, String id) {
        List<Write> all = batch.writes();
        return all.size() == 1
                ? writes.submit(all.getFirst().withId(id), 0, null, null)
                : batches.submit(batch.withId(id), 0, null, null);
    }

    private static void judge(Answer answer) {
        Problem problem = problem(answer);
        if (problem != null && !DECLINED.contains(problem.type())) {
            throw new ProblemException(problem);
        }
    }

    private static @Nullable Problem problem(Answer answer) {
        return switch (answer) {
            case Answer.Decided(Outcome.Refused refused, boolean replayed) -> refused.problem();
            case Answer.DecidedBatch(BatchOutcome.Refused(Problem problem), boolean replayed) -> problem;
            case Answer.GivenUp(Problem problem) -> problem;
            case Answer.Decided applied -> null;
            case Answer.DecidedBatch applied -> null;
        };
    }

    private static boolean isPassing(Throwable failure) {
        return failure instanceof ProblemException refused
                && PASSING.contains(refused.problem().type());
    }
}
