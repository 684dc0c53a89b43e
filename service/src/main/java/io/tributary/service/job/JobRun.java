package io.tributary.service.job;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.intake.Writes;
import io.tributary.service.store.JobAdvance;
import io.tributary.service.store.JobPlace;
import io.tributary.service.store.JobStore;
import io.tributary.service.store.JobStore.Lease;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import io.tributary.service.store.StoredJob;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * One job on its way: writes what is pending, looks for what comes next, and stores both in one statement, the counts of
 * the one and the ids of the other.
 *
 * <p>So a crash leaves behind the ids of all documents that may have been written without being counted. Who goes on writes
 * them once more, all with the job's id: those that were written are answered with their first outcome, and counted by it.
 * Those outcomes are not remembered for ever. Whoever comes later than half that time looks at each document first: one that
 * has not changed since its id was stored was not written; of any other nobody knows, and it is given up rather than written
 * twice.
 */
final class JobRun {

    private static final Logger log = LoggerFactory.getLogger(JobRun.class);

    private static final int WRITES_AT_ONCE = 256;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** How much the clocks of instances may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** A stretch at a given rate: what is stored to be written soon, and progress that can be seen. */
    private static final Duration STRETCH = Duration.ofSeconds(5);

    private final long id;
    private final Lease lease;
    private final Task task;
    private final Pace pace;
    private final @Nullable Walk walk;
    private final Surroundings surroundings;

    private Job.State state;
    private UpdateCounts counts;
    private long scanned;
    private JobPlace place;
    private boolean ended;

    /**
     * What all runs share.
     *
     * @param scheduler where results are collected and time is kept
     * @param remembered how long the outcomes of writes are
     */
    record Surroundings(
            Store store,
            JobStore jobs,
            Writes writes,
            DocumentLimits limits,
            Duration remembered,
            Scheduler scheduler,
            InstantSource clock) {}

    JobRun(StoredJob stored, Lease lease, Surroundings surroundings) {
        Job job = stored.job();
        this.id = job.id();
        this.lease = lease;
        this.surroundings = surroundings;
        this.task = Task.of(job.request(), id);
        this.pace = new Pace(task.rate(), surroundings.scheduler());
        this.place = stored.place();
        this.walk = place.until() == null
                ? null
                : new Walk(
                        surroundings.store(),
                        surroundings.scheduler(),
                        job.request().selection(),
                        place.after(),
                        place.until());
        this.state = job.state();
        this.counts = job.counts();
        this.scanned = job.progress().scanned();
    }

    /**
     * Completes when the job has ended, or its lease is lost. Never errs: what cannot be done at the moment is tried again
     * until it can, and anything else fails the job. A cancel leaves the job to whoever leases it next.
     */
    Mono<Void> toTheEnd() {
        return Mono.defer(this::advance)
                .repeat(() -> !ended)
                .then()
                .onErrorResume(failure -> failed(failure).then());
    }

    private Mono<Job.State> advance() {
        return written(place.pending())
                .flatMap(results -> patiently(next(results.size())).flatMap(stretch -> store(results, stretch)));
    }

    private Mono<List<UpdateResult>> written(List<String> ids) {
        return task instanceof Edit edit ? written(edit, ids) : Mono.just(List.of());
    }

    private Mono<List<UpdateResult>> written(Edit edit, List<String> ids) {
        return Flux.fromIterable(ids)
                .concatMap(pace::turn, 1)
                .flatMapSequential(
                        id -> patiently(written(
                                edit, edit.request().selection().collection().document(id))),
                        WRITES_AT_ONCE,
                        1)
                .publishOn(surroundings.scheduler())
                .collectList();
    }

    private Mono<UpdateResult> written(Edit edit, DocumentName document) {
        return Mono.defer(() -> isRemembered() ? write(edit, document) : writeUnlessChanged(edit, document));
    }

    private boolean isRemembered() {
        Instant forgotten = place.pendingAt().plus(surroundings.remembered().dividedBy(2));
        return surroundings.clock().instant().isBefore(forgotten);
    }

    private Mono<UpdateResult> writeUnlessChanged(Edit edit, DocumentName document) {
        return surroundings.store().document(document).flatMap(found -> {
            DocumentState.Lifetime lifetime = found.lifetime();
            return lifetime == null
                            || lifetime.time().isBefore(place.pendingAt().minus(CLOCKS_DIFFER))
                    ? write(edit, document)
                    : Mono.just(new UpdateResult.Failed(
                            document,
                            Problem.of(
                                            ProblemType.OUTCOME_UNKNOWN,
                                            "the job was interrupted for so long that nobody knows whether it has"
                                                    + " changed this document; it was not changed again")
                                    .withDocument(document.path())));
        });
    }

    private Mono<UpdateResult> write(Edit edit, DocumentName document) {
        return surroundings
                .writes()
                .submit(edit.write(document), edit.length(), null, null)
                .map(answer -> edit.result(document, answer))
                .flatMap(result -> result instanceof UpdateResult.Failed failed && Edit.isPassing(result)
                        ? Mono.error(new ProblemException(failed.problem()))
                        : Mono.just(result));
    }

    /** @param written how many results are yet to be counted */
    private Mono<Walk.Stretch> next(int written) {
        long most = Math.min(left() - written, stretchLength());
        return walk == null || walk.ended() || most <= 0 || state != Job.State.RUNNING
                ? Mono.just(Walk.Stretch.NOTHING)
                : walk.next(most);
    }

    private long left() {
        Long limit = task.request().selection().limit();
        return limit == null ? Long.MAX_VALUE : limit - counts.matched();
    }

    private long stretchLength() {
        Double rate = task.rate();
        return rate == null ? Long.MAX_VALUE : Math.max(1, (long) (rate * STRETCH.toSeconds()));
    }

    private Mono<Job.State> store(List<UpdateResult> written, Walk.Stretch stretch) {
        boolean dry = task.isDry();
        List<UpdateResult> results = new ArrayList<>(written);
        if (dry) {
            stretch.matches().forEach(document -> results.add(tried(document)));
        }
        Tally tally = Tally.of(counts, results);
        counts = tally.counts();
        scanned += stretch.scanned();
        place = new JobPlace(
                walk == null ? place.after() : walk.after(),
                place.until(),
                dry ? List.of() : stretch.ids(),
                surroundings.clock().instant());
        JobAdvance.End end = isLast() ? new JobAdvance.End(Job.State.SUCCEEDED, null) : null;
        return store(new JobAdvance(counts, scanned, place, tally.kept(), end));
    }

    private boolean isLast() {
        return place.pending().isEmpty() && (walk == null || walk.ended() || left() <= 0);
    }

    private UpdateResult tried(DocumentState document) {
        return task.tried(document, surroundings.clock().instant(), surroundings.limits());
    }

    private Mono<Job.State> store(JobAdvance advance) {
        return patiently(surroundings.jobs().advance(id, lease, advance))
                .publishOn(surroundings.scheduler())
                .doOnSuccess(stored -> {
                    ended = stored != Job.State.RUNNING || advance.end() != null;
                    state = stored == null ? state : stored;
                });
    }

    private Mono<Job.State> failed(Throwable failure) {
        log.error("Job {} cannot go on", id, failure);
        Problem problem = Problem.of(ProblemType.INTERNAL, "something is wrong with the service; its log says more");
        return store(new JobAdvance(counts, scanned, place, List.of(), new JobAdvance.End(Job.State.FAILED, problem)))
                .onErrorComplete();
    }

    private <T> Mono<T> patiently(Mono<T> attempt) {
        return attempt.retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE)
                .maxBackoff(LONGEST_PAUSE)
                .scheduler(surroundings.scheduler())
                .filter(JobRun::isPassing));
    }

    private static boolean isPassing(Throwable failure) {
        return switch (failure) {
            case ProblemException problem -> true;
            case StoreException away ->
                away.kind() == Kind.AWAY || away.kind() == Kind.UNKNOWN || away.kind() == Kind.NOT_APPLIED;
            default -> false;
        };
    }
}
