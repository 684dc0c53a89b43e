package io.tributary.service.trigger;

import io.tributary.json.Limits;
import io.tributary.kafka.changelog.ChangelogConsumer;
import io.tributary.service.intake.Batches;
import io.tributary.service.intake.Writes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * Follows the changelog while there are triggers, sharing the lanes with the other instances: a consumer group of its own sees
 * to it that each lane's changes fire at one instance, and go on where they were.
 */
public final class TriggerRunner {

    private static final Logger log = LoggerFactory.getLogger(TriggerRunner.class);
    private static final Duration LOOKS_EVERY = Duration.ofMillis(200);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** What clocks may differ by. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    private final Triggers triggers;
    private final TriggerRun run;
    private final ChangelogConsumer changes;
    private final Scheduler scheduler;
    private volatile Disposable following = Disposables.disposed();

    private final KafkaRejections rejections;

    private TriggerRunner(
            Triggers triggers,
            TriggerRun run,
            ChangelogConsumer changes,
            KafkaRejections rejections,
            Scheduler scheduler) {
        this.triggers = triggers;
        this.run = run;
        this.changes = changes;
        this.rejections = rejections;
        this.scheduler = scheduler;
    }

    /**
     * What Kafka is to those who fire triggers.
     *
     * @param client properties of its clients: {@code bootstrap.servers}, TLS, SASL
     * @param group they share the lanes as
     * @param changes the changelog
     * @param rejections the topic of what could not be done
     * @param maxRecordBytes the size of the largest rejection
     */
    public record Kafka(
            Map<String, Object> client, String group, String changes, String rejections, int maxRecordBytes) {}

    /**
     * @param writes where follow-ups go that are single writes
     * @param batches where the others go
     * @param limits of follow-ups
     * @param scheduler where changes are looked at, and time is kept
     */
    public static TriggerRunner of(
            Triggers triggers,
            Writes writes,
            Batches batches,
            Limits limits,
            TriggerSettings settings,
            Kafka kafka,
            TriggerObserver observer,
            Scheduler scheduler) {
        InstantSource clock = InstantSource.system();
        KafkaRejections rejections = new KafkaRejections(kafka.client(), kafka.rejections(), kafka.maxRecordBytes());
        TriggerRun run = new TriggerRun(
                triggers,
                new FollowUps(writes, batches, limits, settings.deepest(), scheduler),
                new Webhooks(settings, clock, scheduler),
                rejections,
                observer,
                clock,
                scheduler);
        ChangelogConsumer changes = ChangelogConsumer.of(kafka.client(), kafka.group())
                .withTopic(kafka.changes())
                .withScheduler(scheduler);
        return new TriggerRunner(triggers, run, changes, rejections, scheduler);
    }

    /** Begins to fire. Does not wait for the brokers. */
    public void start() {
        following = Flux.interval(LOOKS_EVERY, scheduler)
                .map(tick -> !triggers.view().isEmpty())
                .distinctUntilChanged()
                .switchMap(any -> any ? followed() : Mono.empty())
                .subscribe(nothing -> {}, fault -> log.error("triggers are not fired any more", fault));
    }

    private Mono<Void> followed() {
        return Mono.defer(() -> run.follow(changes.withGapsToldTo(
                                gap -> log.warn("triggers miss changes that the changelog lacks: {}", gap.getMessage()))
                        .withBeginning(triggers.view().oldest().minus(MARGIN))
                        .records()))
                .doOnError(failure -> log.warn("triggers are fired later: {}", failure.getMessage()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                        .maxBackoff(LONGEST_PAUSE)
                        .scheduler(scheduler));
    }

    /** Fires no more; what is not done is done by others, or after the next start. */
    public void stop() {
        following.dispose();
        rejections.close();
    }
}
