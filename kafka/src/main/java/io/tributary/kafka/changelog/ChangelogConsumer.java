package io.tributary.kafka.changelog;

import io.tributary.change.Change;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Follows the changelog as a member of a consumer group: for a search index, a cache, a read model.
 *
 * <p>Each change is given out once and in the order of its lane, so the versions of a document come without gap or
 * repetition. What the service sends a second time is recognised by its sequence and left out, also across restarts:
 * the group's offset commits remember the last one. A change that was not acknowledged is given out again after a
 * restart, or to the member that takes the lane over.
 *
 * <p>Immutable; the {@code with} methods return others.
 */
public final class ChangelogConsumer {

    /** The topic, unless the service is configured otherwise. */
    public static final String DEFAULT_TOPIC = "tributary.changes";

    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final Duration LEAVE = ChangelogFeed.FINISH.plusSeconds(1);
    private static final int PREFETCH = 256;

    private final IntakeSettings intake;
    private final Beginning beginning;
    private final @Nullable Instant since;
    private final Consumer<ChangelogGapException> gaps;
    private final Scheduler scheduler;

    private ChangelogConsumer(
            IntakeSettings intake,
            Beginning beginning,
            @Nullable Instant since,
            Consumer<ChangelogGapException> gaps,
            Scheduler scheduler) {
        this.intake = intake;
        this.beginning = beginning;
        this.since = since;
        this.gaps = gaps;
        this.scheduler = scheduler;
    }

    /** Where a group begins that has read nothing yet. */
    public enum Beginning {
        /** At the oldest change that is there. */
        OLDEST,
        /** At the first change that comes from now on. */
        NOW
    }

    /**
     * A consumer of {@link #DEFAULT_TOPIC} that begins at the oldest change and ends at a gap.
     *
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     * @param group whose members share the lanes, and whose offsets tell what is processed
     */
    public static ChangelogConsumer of(Map<String, Object> client, String group) {
        return new ChangelogConsumer(
                settings(client, DEFAULT_TOPIC, group),
                Beginning.OLDEST,
                null,
                ChangelogConsumer::refuse,
                Schedulers.boundedElastic());
    }

    /** The same for another topic. */
    public ChangelogConsumer withTopic(String topic) {
        return new ChangelogConsumer(
                settings(intake.client(), topic, intake.group()), beginning, since, gaps, scheduler);
    }

    /** The same with another beginning. */
    public ChangelogConsumer withBeginning(Beginning other) {
        return new ChangelogConsumer(intake, other, null, gaps, scheduler);
    }

    /** The same for a group that, when it has read nothing yet, begins with the first record published at this time or later. */
    public ChangelogConsumer withBeginning(Instant time) {
        return new ChangelogConsumer(intake, beginning, time, gaps, scheduler);
    }

    /**
     * The same, but instead of ending at a gap it tells somebody and goes on.
     *
     * @param told called before the change behind the gap is given out; must not block. When it throws what it was
     *     told, the changes end all the same
     */
    public ChangelogConsumer withGapsToldTo(Consumer<ChangelogGapException> told) {
        return new ChangelogConsumer(intake, beginning, since, told, scheduler);
    }

    /** The same, giving out its changes on another scheduler than {@link Schedulers#boundedElastic()}. */
    public ChangelogConsumer withScheduler(Scheduler other) {
        return new ChangelogConsumer(intake, beginning, since, gaps, other);
    }

    /**
     * The changes, each to be {@linkplain ChangelogRecord#acknowledge() acknowledged}.
     *
     * <p>Joins the group for each subscription. Emits as changes are requested, on the scheduler, where the subscriber
     * may block; reads ahead by some hundred changes at most, and a lane for which nothing is requested is not read.
     * Does not complete. Errs with {@link ChangelogGapException} when changes are missing, with
     * {@link io.tributary.change.ProblemException} when a record is no change, and with Kafka's exception when it
     * refuses this client; brokers that are away are waited for. Cancelling leaves the group; what was acknowledged is
     * committed then.
     */
    public Flux<ChangelogRecord> records() {
        return Flux.<ChangelogRecord>create(
                        sink -> ChangelogFeed.start(intake, sink, beginning, since, gaps), OverflowStrategy.ERROR)
                .publishOn(scheduler, PREFETCH);
    }

    /**
     * The changes, processed one after the other and acknowledged when they are.
     *
     * <p>Does not complete. Errs as {@link #records}, and with the error of the processing: the change that failed is
     * the first of its lane after a new subscription, for instance by {@code retryWhen}.
     *
     * @param processing what to do with a change; the next one waits for its completion
     */
    public Mono<Void> processed(Function<? super Change, ? extends Publisher<?>> processing) {
        return records()
                .concatMap(
                        record -> Flux.from(processing.apply(record.change()))
                                .then(Mono.fromRunnable(record::acknowledge)),
                        1)
                .then();
    }

    private static void refuse(ChangelogGapException gap) {
        throw gap;
    }

    private static IntakeSettings settings(Map<String, Object> client, String topic, String group) {
        return new IntakeSettings(client, topic, group, new Ownership.Shared(SESSION), LEAVE);
    }
}
