package io.tributary.service.trigger;

import io.tributary.change.Change;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.kafka.changelog.ChangelogRecord;
import io.tributary.name.DocumentName;
import io.tributary.service.trigger.TriggerView.Saved;
import io.tributary.trigger.TriggerAction;
import io.tributary.trigger.TriggerFailure;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Fires what changes fire. A change is acknowledged when all that it fires is done, or kept as a rejection; what was not
 * acknowledged comes again after a restart. For one trigger and one document one thing is done after another, in the order of
 * the changes; nothing else waits for it.
 */
final class TriggerRun {

    private static final Logger log = LoggerFactory.getLogger(TriggerRun.class);

    /** How many changes may be under way; as many as may be given out of one lane. */
    private static final int UNDER_WAY = 10_000;

    private static final int AT_ONCE = 256;
    private static final Duration GATHERING = Duration.ofMillis(20);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Triggers triggers;
    private final FollowUps followUps;
    private final Webhooks webhooks;
    private final Rejections rejections;
    private final TriggerObserver observer;
    private final InstantSource clock;
    private final Scheduler scheduler;
    private final InOrder<Place> inOrder = new InOrder<>();

    private record Place(String trigger, DocumentName document) {}

    TriggerRun(
            Triggers triggers,
            FollowUps followUps,
            Webhooks webhooks,
            Rejections rejections,
            TriggerObserver observer,
            InstantSource clock,
            Scheduler scheduler) {
        this.triggers = triggers;
        this.followUps = followUps;
        this.webhooks = webhooks;
        this.rejections = rejections;
        this.observer = observer;
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /**
     * Fires what these changes fire, as long as they come. Before they are looked at, the triggers are: one that was saved on
     * another instance before a change was committed is fired by it.
     */
    Mono<Void> follow(Flux<ChangelogRecord> changes) {
        return changes.bufferTimeout(AT_ONCE, GATHERING, scheduler, true)
                .concatMap(gathered -> refreshed().thenMany(Flux.fromIterable(gathered)), 1)
                .flatMap(this::fired, UNDER_WAY, 1)
                .then();
    }

    private Mono<Void> refreshed() {
        return triggers.refreshed()
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(scheduler));
    }

    private Mono<Void> fired(ChangelogRecord record) {
        Occurrence occurrence = new Occurrence(record.lane(), record.change());
        return Flux.fromIterable(triggers.view().firedBy(occurrence))
                .flatMap(trigger -> inOrder.after(
                        new Place(trigger.name(), record.change().document()), fired(trigger, occurrence)))
                .then(Mono.fromRunnable(record::acknowledge));
    }

    private Mono<Void> fired(Saved saved, Occurrence occurrence) {
        return Mono.defer(() -> done(saved, occurrence))
                .doOnSuccess(done -> observer.done(saved.key().database(), saved.name()))
                .onErrorResume(failure -> rejected(saved, occurrence, problem(failure)));
    }

    private Mono<Void> done(Saved saved, Occurrence occurrence) {
        return switch (saved.trigger().action()) {
            case TriggerAction.FollowUp followUp -> followUps.write(saved.name(), followUp, occurrence);
            case TriggerAction.Webhook webhook -> webhooks.call(saved.name(), webhook, occurrence);
        };
    }

    private Mono<Void> rejected(Saved saved, Occurrence occurrence, Problem problem) {
        Change change = occurrence.change();
        var failure = new TriggerFailure(
                clock.instant(),
                change.document().path(),
                change.version(),
                problem.type().slug(),
                problem.detail());
        return rejections
                .reject(saved.name(), occurrence, problem)
                .then(triggers.failed(saved.key(), failure))
                .doOnSuccess(kept -> observer.failed(saved.key().database(), saved.name(), problem.type()));
    }

    private static Problem problem(Throwable failure) {
        if (failure instanceof ProblemException refused) {
            return refused.problem();
        }
        log.error("a trigger has met a fault of the program", failure);
        return Problem.of(ProblemType.INTERNAL, "the trigger met a fault of the service");
    }
}
