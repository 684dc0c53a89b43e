package io.tributary.service.store.postgres;

import io.tributary.query.Job;
import io.tributary.query.UpdateResult;
import io.tributary.service.store.JobAdvance;
import io.tributary.service.store.JobStore;
import io.tributary.service.store.NewJob;
import io.tributary.service.store.StoredJob;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Jobs in PostgreSQL. The leases expire by the server's clock. */
final class PostgresJobs implements JobStore {

    /** Each has up to two thousand results. */
    private static final int PURGED_AT_ONCE = 20;

    private final Connection connection;

    /** Runs statements on some connection. */
    interface Connection {
        <T> Mono<T> run(Function<Wire, Mono<T>> statements);
    }

    PostgresJobs(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Mono<Created> create(NewJob job, Lease lease) {
        return one(JobStatements.CREATE, JobStatements.created(job, lease))
                .map(made -> new Created(made, true))
                .switchIfEmpty(Mono.defer(() -> earlier(job)));
    }

    private Mono<Created> earlier(NewJob job) {
        String key = job.key();
        return key == null
                ? Mono.error(new IllegalStateException("a job without a key was not made"))
                : findByKey(job.database(), key).map(found -> new Created(found, false));
    }

    @Override
    public Mono<StoredJob> find(String database, long id) {
        return one(JobStatements.FIND, database, id);
    }

    @Override
    public Mono<StoredJob> findByKey(String database, String key) {
        return one(JobStatements.FIND_BY_KEY, database, key);
    }

    @Override
    public Mono<List<StoredJob>> list(String database, long before, int limit) {
        return connection.run(wire -> wire.rows(JobStatements.LIST, JobStatements::job, database, before, limit));
    }

    @Override
    public Mono<List<UpdateResult>> results(StoredJob job, int limit) {
        return connection.run(wire -> wire.rows(
                JobStatements.RESULTS,
                row -> JobStatements.result(job.database(), row),
                job.id(),
                Long.valueOf(limit)));
    }

    @Override
    public Mono<List<UpdateResult.Failed>> failures(StoredJob job) {
        return connection
                .run(wire ->
                        wire.rows(JobStatements.FAILURES, row -> JobStatements.result(job.database(), row), job.id()))
                .flatMapIterable(results -> results)
                .ofType(UpdateResult.Failed.class)
                .collectList();
    }

    @Override
    public Mono<StoredJob> cancel(String database, long id) {
        return connection
                .run(wire -> wire.run(JobStatements.CANCEL, database, id).thenReturn(id))
                .then(find(database, id));
    }

    @Override
    public Mono<StoredJob> take(Lease lease) {
        return one(JobStatements.TAKE, lease.owner(), JobStatements.seconds(lease));
    }

    @Override
    public Mono<Boolean> renew(long job, Lease lease) {
        return connection
                .run(wire ->
                        wire.rows(JobStatements.RENEW, row -> true, job, lease.owner(), JobStatements.seconds(lease)))
                .map(renewed -> !renewed.isEmpty());
    }

    @Override
    public Mono<Job.State> advance(long job, Lease lease, JobAdvance advance) {
        return connection
                .run(wire -> wire.rows(
                        JobStatements.ADVANCE, JobStatements::state, JobStatements.advanced(job, lease, advance)))
                .flatMap(states -> Mono.justOrEmpty(states.stream().findFirst()));
    }

    @Override
    public Mono<Void> release(UUID owner) {
        return connection.run(wire -> wire.run(JobStatements.RELEASE, owner));
    }

    @Override
    public Mono<Long> purge(Duration keep, Duration keepBrief) {
        return some(keep, keepBrief)
                .expand(purged -> purged < PURGED_AT_ONCE ? Mono.empty() : some(keep, keepBrief))
                .reduce(0L, Long::sum);
    }

    private Mono<Long> some(Duration keep, Duration keepBrief) {
        return connection
                .run(wire -> wire.rows(
                        JobStatements.PURGE,
                        row -> DocumentRows.number(row, "purged"),
                        keep.toMillis() / 1e3,
                        keepBrief.toMillis() / 1e3,
                        PURGED_AT_ONCE))
                .map(List::getFirst);
    }

    private Mono<StoredJob> one(String sql, Object... parameters) {
        return connection
                .run(wire -> wire.rows(sql, JobStatements::job, parameters))
                .flatMapMany(Flux::fromIterable)
                .next();
    }
}
