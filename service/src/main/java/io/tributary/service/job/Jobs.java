package io.tributary.service.job;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.UpdateByQueryJson;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.SchemaCheck;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateReport;
import io.tributary.query.UpdateResult;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.intake.Writes;
import io.tributary.service.query.Queries;
import io.tributary.service.schema.Schemas;
import io.tributary.service.store.JobPlace;
import io.tributary.service.store.JobStore;
import io.tributary.service.store.JobStore.Lease;
import io.tributary.service.store.NewJob;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoredJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Takes updates by query, does the small ones and begins jobs for the others, and for checks of whole collections; knows what
 * became of jobs. Thread-safe.
 *
 * <p>A small one with a key is a job, too, whose caller waits: it is finished after a crash, and the key finds it again.
 */
public final class Jobs {

    private static final int WRITES_AT_ONCE = 256;
    private static final Duration FIRST_LOOK = Duration.ofMillis(5);
    private static final Duration LATER_LOOKS = Duration.ofMillis(250);

    private final JobStore jobs;
    private final Writes writes;
    private final DocumentLimits limits;
    private final Selector selector;
    private final JobRunner runner;
    private final JobSettings settings;
    private final Scheduler scheduler;
    private final InstantSource clock;

    /** @param scheduler where documents are judged, and time is kept */
    public Jobs(
            Store store,
            JobStore jobs,
            Queries queries,
            Writes writes,
            DocumentLimits limits,
            JobSettings settings,
            Scheduler scheduler,
            InstantSource clock) {
        this.jobs = jobs;
        this.writes = writes;
        this.limits = limits;
        this.settings = settings;
        this.scheduler = scheduler;
        this.clock = clock;
        this.selector = new Selector(store, queries, scheduler, clock);
        var surroundings =
                new JobRun.Surroundings(store, jobs, writes, limits, settings.remembered(), scheduler, clock);
        this.runner = new JobRunner(surroundings, settings, UUID.randomUUID());
    }

    /** What runs the jobs; to be started and stopped with the service. */
    public JobRunner runner() {
        return runner;
    }

    /**
     * Emits how the update was taken. Errs with a {@link ProblemException}: {@code too-many} when more match than it allows,
     * {@code id-reuse}, and what {@link Queries} and the stores err with; nothing was changed then, except where the store
     * has lost an answer. A cancel ends one that has neither a key nor a job where it is.
     *
     * @param key makes it the only one of its database with this key; null for any number
     */
    public Mono<Reception> submit(UpdateByQuery update, @Nullable String key, Patience patience) {
        boolean kept = update.isLarge() || (!update.options().dryRun() && (patience.async() || key != null));
        Mono<Reception> done = kept ? begin(update, key, patience) : atOnce(update);
        Mono<Reception> checked = bounded(update).then(done);
        return key == null || !kept
                ? checked
                : jobs.findByKey(update.selection().collection().database(), key)
                        .flatMap(earlier -> again(earlier, update, patience))
                        .switchIfEmpty(checked);
    }

    private Mono<Void> bounded(UpdateByQuery update) {
        Long max = update.options().max();
        return max == null
                ? Mono.empty()
                : selector.hasMoreThan(max, update.selection())
                        .filter(more -> more)
                        .flatMap(more -> Mono.<Void>error(new ProblemException(Problem.of(
                                ProblemType.TOO_MANY, "more than " + max + " documents match; nothing was changed"))));
    }

    private Mono<Reception> atOnce(UpdateByQuery update) {
        Edit edit = new Edit(update, null);
        Mono<List<UpdateResult>> results = update.options().dryRun()
                ? selector.all(update.selection(), document -> edit.tried(document, clock.instant(), limits))
                : names(update).flatMap(documents -> written(documents, edit));
        return results.map(all -> new Reception.Done(
                new UpdateReport(null, Tally.of(UpdateCounts.NONE, all).counts(), all), false));
    }

    /** A document that moves in the order while pages of it are read may be on two of them. */
    private Mono<List<DocumentName>> names(UpdateByQuery update) {
        return selector.all(update.selection(), DocumentState::name)
                .map(found -> found.stream().distinct().toList());
    }

    private Mono<List<UpdateResult>> written(List<DocumentName> documents, Edit edit) {
        Pace pace = new Pace(edit.request().options().rate(), scheduler);
        return Flux.fromIterable(documents)
                .concatMap(pace::turn, 1)
                .flatMapSequential(
                        document -> writes.submit(edit.write(document), edit.length(), null, null)
                                .map(answer -> edit.result(document, answer)),
                        WRITES_AT_ONCE,
                        1)
                .publishOn(scheduler)
                .collectList();
    }

    private Mono<Reception> begin(UpdateByQuery update, @Nullable String key, Patience patience) {
        boolean brief = !update.isLarge() && !patience.async();
        if (brief && !runner.hasRoomForBrief()) {
            return Mono.error(new ProblemException(
                    Problem.of(ProblemType.BUSY, "too many updates by query are running; nothing was changed")));
        }
        String fingerprint = fingerprint(update);
        Lease lease = brief ? runner.lease() : runner.leaseForNew();
        return start(update)
                .flatMap(start -> jobs.create(new NewJob(update, key, fingerprint, brief, start), lease))
                .flatMap(created -> {
                    if (!created.isNew()) {
                        return again(created.job(), update, patience);
                    }
                    runner.run(created.job(), lease);
                    return answered(created.job(), update, patience, false);
                });
    }

    private Mono<JobPlace> start(UpdateByQuery update) {
        return update.isLarge()
                ? selector.start(update.selection())
                : selector.all(update.selection(), document -> document.name().id())
                        .map(ids -> new JobPlace(null, null, ids, clock.instant()));
    }

    private Mono<Reception> again(StoredJob earlier, UpdateByQuery update, Patience patience) {
        return earlier.fingerprint().equals(fingerprint(update))
                ? answered(earlier, update, patience, true)
                : Mono.error(new ProblemException(
                        Problem.of(ProblemType.ID_REUSE, "the key belongs to another update by query")));
    }

    private Mono<Reception> answered(StoredJob job, UpdateByQuery update, Patience patience, boolean replayed) {
        Mono<Reception> begun = Mono.just(new Reception.Begun(job.id(), replayed));
        Mono<Reception> done = settled(job)
                .flatMap(settled -> settled.job().state() == Job.State.SUCCEEDED
                        ? jobs.results(settled, UpdateByQuery.MAX_AT_ONCE)
                                .map(results -> new Reception.Done(
                                        new UpdateReport(
                                                settled.id(), settled.job().counts(), results),
                                        replayed))
                        : begun);
        if (!update.isLarge() && !patience.async()) {
            return done;
        }
        Duration atMost = patience.atMost();
        return atMost == null
                ? begun
                : done.takeUntilOther(Mono.delay(atMost, scheduler)).switchIfEmpty(begun);
    }

    /** Emits the job when it has ended and is settled, wherever it runs. */
    private Mono<StoredJob> settled(StoredJob job) {
        return jobs.find(job.database(), job.id())
                .onErrorResume(StoreException.class, away -> Mono.empty())
                .filter(StoredJob::settled)
                .repeatWhenEmpty(Integer.MAX_VALUE, looks -> looks.concatMap(this::untilTheNextLook, 1));
    }

    private Mono<Long> untilTheNextLook(long look) {
        Duration pause = look > 6 ? LATER_LOOKS : FIRST_LOOK.multipliedBy(1L << look);
        return Mono.delay(pause, scheduler);
    }

    private static String fingerprint(UpdateByQuery update) {
        return HexFormat.of().formatHex(UpdateByQueryJson.fingerprint(update));
    }

    /**
     * Begins a job that judges the stored documents of a collection by a schema, which {@link Schemas#checked} has found to be
     * one. Emits its id. Errs as the stores do.
     */
    public Mono<Long> check(SchemaCheck check) {
        Lease lease = runner.leaseForNew();
        return selector.start(check.selection())
                .flatMap(start -> jobs.create(new NewJob(check, null, "", false, start), lease))
                .map(JobStore.Created::job)
                .doOnNext(job -> runner.run(job, lease))
                .map(StoredJob::id);
    }

    /** Emits a job with its failures; completes empty when the database has none of this id. */
    public Mono<Job> job(String database, long id) {
        return jobs.find(database, id).flatMap(this::withFailures);
    }

    /**
     * Emits jobs of a database without their failures, the newest first.
     *
     * @param before the id that all are below
     */
    public Mono<List<Job>> list(String database, long before, int limit) {
        return jobs.list(database, before, limit)
                .map(found -> found.stream().map(StoredJob::job).toList());
    }

    /**
     * Ends a job that runs: documents that are under way are finished, others are not begun. Emits the job as it is then, a
     * job that had ended as it was; completes empty when the database has none of this id.
     */
    public Mono<Job> cancel(String database, long id) {
        return jobs.cancel(database, id).flatMap(this::withFailures);
    }

    private Mono<Job> withFailures(StoredJob stored) {
        Job job = stored.job();
        return jobs.failures(stored)
                .map(failures -> new Job(
                        job.id(), job.request(), job.state(), job.counts(), job.progress(), job.problem(), failures));
    }

    /** Removes jobs that ended long ago. Emits how many. */
    public Mono<Long> purge() {
        return jobs.purge(settings.keep(), settings.remembered());
    }
}
