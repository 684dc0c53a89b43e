package io.tributary.service.store;

import io.tributary.query.Job;
import io.tributary.query.UpdateResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Where jobs are kept, and who runs them. As with {@link Store}, a cancel gives up the answer, never the statement, and
 * errors are {@link StoreException}s.
 *
 * <p>A job has one runner at a time, who holds its lease. It is unsettled until its runner has stored the last of what it
 * did; a cancelled job too, so that its counts become right.
 */
public interface JobStore {

    /** Who runs a job, and for how long unless the lease is renewed. */
    record Lease(UUID owner, Duration length) {}

    /** @param isNew whether the job was made now; false for the one that its key had made before */
    record Created(StoredJob job, boolean isNew) {}

    /** Makes a job that the lease's owner runs. Emits it, or the earlier job of the same database and key. */
    Mono<Created> create(NewJob job, Lease lease);

    /** Emits the job; completes empty when the database has none of this id. */
    Mono<StoredJob> find(String database, long id);

    /** Emits the job that a key has made; completes empty when there is none. */
    Mono<StoredJob> findByKey(String database, String key);

    /** Emits the jobs of a database whose ids are below {@code before}, the newest first, at most {@code limit}. */
    Mono<List<StoredJob>> list(String database, long before, int limit);

    /** Emits what became of the first {@code limit} documents of a job, in order, as far as it is kept. */
    Mono<List<UpdateResult>> results(StoredJob job, int limit);

    /** Emits the kept failures of a job, in order. */
    Mono<List<UpdateResult.Failed>> failures(StoredJob job);

    /** Ends a job that runs. Emits it as it is then; completes empty when the database has none of this id. */
    Mono<StoredJob> cancel(String database, long id);

    /** Leases an unsettled job that nobody has leased; completes empty when there is none. */
    Mono<StoredJob> take(Lease lease);

    /** Prolongs a lease. Emits whether it was still held. */
    Mono<Boolean> renew(long job, Lease lease);

    /**
     * Stores how far a job is, and prolongs its lease. A job that was cancelled keeps its counts and results, drops what was
     * to be done next, and is settled; so is one that ends now. To repeat it is harmless. Emits the state of the job; completes
     * empty, and has stored nothing, when the lease is not held any more.
     */
    Mono<Job.State> advance(long job, Lease lease, JobAdvance advance);

    /** Gives up all leases of an owner. */
    Mono<Void> release(UUID owner);

    /**
     * Removes settled jobs that ended longer ago than {@code keep}, brief ones longer ago than {@code keepBrief}. Emits how
     * many.
     */
    Mono<Long> purge(Duration keep, Duration keepBrief);
}
