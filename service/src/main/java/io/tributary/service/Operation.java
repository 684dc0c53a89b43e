package io.tributary.service;

import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.definition.Definitions;
import io.tributary.service.intake.Forwarding;
import io.tributary.service.intake.RecordIntake;
import io.tributary.service.job.Jobs;
import io.tributary.service.lane.Lanes;
import io.tributary.service.store.Store;
import io.tributary.service.store.postgres.IdempotencyPartitions;
import io.tributary.service.store.postgres.Tombstones;
import io.tributary.service.trigger.TriggerRunner;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Starts and stops the flow of writes. Starts before the web server does, and stops after the last request is answered:
 * runs no jobs and takes no more records, commits what waits, publishes what is committed, and leaves the lanes to others. What
 * cannot be published in time stays in the outbox.
 */
final class Operation implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(Operation.class);
    private static final Duration TENDING = Duration.ofMinutes(10);
    private static final Duration DRAINING = Duration.ofSeconds(6);
    private static final Duration PUBLISHING = Duration.ofSeconds(4);

    private final Prerequisites prerequisites;
    private final IdempotencyPartitions partitions;
    private final Tombstones tombstones;
    private final Jobs jobs;
    private final Definitions definitions;
    private final TriggerRunner triggers;
    private final Lanes lanes;
    private final RecordIntake intake;
    private final IntakeSettings intakeSettings;
    private final Forwarding forwarding;
    private final Publisher publisher;
    private final Store store;
    private volatile boolean running;
    private Disposable tending = Disposables.disposed();

    Operation(
            Prerequisites prerequisites,
            IdempotencyPartitions partitions,
            Tombstones tombstones,
            Jobs jobs,
            Definitions definitions,
            TriggerRunner triggers,
            Lanes lanes,
            RecordIntake intake,
            IntakeSettings intakeSettings,
            Forwarding forwarding,
            Publisher publisher,
            Store store) {
        this.prerequisites = prerequisites;
        this.partitions = partitions;
        this.tombstones = tombstones;
        this.jobs = jobs;
        this.definitions = definitions;
        this.triggers = triggers;
        this.lanes = lanes;
        this.intake = intake;
        this.intakeSettings = intakeSettings;
        this.forwarding = forwarding;
        this.publisher = publisher;
        this.store = store;
    }

    @Override
    public void start() {
        prerequisites.await();
        tending = Flux.interval(TENDING)
                .onBackpressureDrop()
                .concatMap(
                        tick -> partitions
                                .tend()
                                .then(tombstones.purge())
                                .then(jobs.purge())
                                .onErrorResume(Operation::tendLater),
                        1)
                .subscribe(purged -> {}, fault -> log.error("the tables are not tended any more", fault));
        definitions.start();
        forwarding.start();
        intake.start(lanes, intakeSettings);
        jobs.runner().start();
        triggers.start();
        running = true;
    }

    @Override
    public void stop(Runnable stopped) {
        jobs.runner()
                .stop()
                .onErrorComplete()
                .then(Mono.fromRunnable(triggers::stop))
                .then(Mono.fromRunnable(intake::pause))
                .then(lanes.drain().timeout(DRAINING))
                .then(publisher.published().timeout(PUBLISHING))
                .doOnError(late -> log.warn("stopping without waiting any longer: {}", late.getMessage()))
                .onErrorComplete()
                .then(Mono.fromRunnable(intake::leave).subscribeOn(Schedulers.boundedElastic()))
                .then(Mono.fromRunnable(publisher::close))
                .then(Mono.fromRunnable(forwarding::close))
                .then(store.close())
                .onErrorComplete()
                .doFinally(end -> {
                    tending.dispose();
                    definitions.stop();
                    prerequisites.close();
                    running = false;
                    stopped.run();
                })
                .subscribe(nothing -> {}, fault -> log.error("the service has not stopped cleanly", fault));
    }

    private static Mono<Long> tendLater(Throwable failure) {
        log.warn("the tables of remembered outcomes, documents and jobs are tended later: {}", failure.getMessage());
        return Mono.empty();
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server, which Spring Boot starts in the last phases. */
    @Override
    public int getPhase() {
        return 0;
    }
}
