package io.tributary.service.job;

import io.tributary.service.store.JobStore.Lease;
import io.tributary.service.store.StoredJob;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Runs jobs on this instance: those that are made here, and those whose instance has died or was stopped. Thread-safe.
 *
 * <p>A lease says who runs a job. Should two run it all the same, one of them paused for longer than its lease, both write
 * with the ids of the same job, and only the one that has the lease stores how far it is.
 */
public final class JobRunner {

    private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);
    private static final Duration TO_RELEASE = Duration.ofSeconds(1);
    private static final int RENEWALS_IN_A_LEASE = 3;

    private final JobRun.Surroundings surroundings;
    private final JobSettings settings;
    private final Scheduler scheduler;
    private final UUID owner;
    private final Map<Long, Disposable> runs = new ConcurrentHashMap<>();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Disposable looking = Disposables.disposed();
    private volatile boolean stopped;

    /** @param owner names this instance and start */
    JobRunner(JobRun.Surroundings surroundings, JobSettings settings, UUID owner) {
        this.surroundings = surroundings;
        this.settings = settings;
        this.scheduler = surroundings.scheduler();
        this.owner = owner;
    }

    /** Begins to look for jobs that nobody runs. */
    public void start() {
        looking = Flux.interval(LOOKS_EVERY, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> look(), 1)
                .subscribe(job -> {}, fault -> log.error("jobs are not looked for any more", fault));
    }

    /** Completes when no job is run here any more; others can take those that are left. */
    public Mono<Void> stop() {
        return Mono.defer(() -> {
            stopped = true;
            looking.dispose();
            boolean idle = runs.isEmpty();
            runs.values().forEach(Disposable::dispose);
            return idle ? Mono.empty() : surroundings.jobs().release(owner).timeout(TO_RELEASE, scheduler);
        });
    }

    /** The lease for a job that is made here: over at once where others run already, so that anybody takes it later. */
    Lease leaseForNew() {
        return hasRoom() ? lease() : new Lease(owner, Duration.ZERO);
    }

    /** Whether one more job can run that somebody waits for. */
    boolean hasRoomForBrief() {
        return running.get() < settings.jobs() + settings.brief();
    }

    private boolean hasRoom() {
        return !stopped && running.get() < settings.jobs();
    }

    Lease lease() {
        return new Lease(owner, settings.lease());
    }

    /** Runs a job that this instance has leased. */
    void run(StoredJob job, Lease lease) {
        if (stopped || !lease.length().isPositive()) {
            return;
        }
        running.incrementAndGet();
        Disposable.Swap run = Disposables.swap();
        runs.put(job.id(), run);
        run.update(new JobRun(job, lease, surroundings)
                .toTheEnd()
                .takeUntilOther(lost(job.id()))
                .doFinally(end -> {
                    runs.remove(job.id(), run);
                    running.decrementAndGet();
                })
                .subscribeOn(scheduler)
                .subscribe(nothing -> {}, fault -> log.error("job {} has stopped", job.id(), fault)));
    }

    private Mono<StoredJob> look() {
        return hasRoom()
                ? surroundings
                        .jobs()
                        .take(lease())
                        .doOnNext(job -> run(job, lease()))
                        .onErrorResume(failure -> {
                            log.debug("jobs are looked for later: {}", failure.getMessage());
                            return Mono.empty();
                        })
                : Mono.empty();
    }

    /** Emits when the lease of a job is lost, having prolonged it until then. What failed is tried again in time. */
    private Flux<Boolean> lost(long job) {
        return Flux.interval(settings.lease().dividedBy(RENEWALS_IN_A_LEASE), scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> surroundings.jobs().renew(job, lease()).onErrorReturn(true), 1)
                .filter(held -> !held)
                .take(1);
    }
}
