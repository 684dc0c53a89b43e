package io.tributary.service.store.postgres;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.DefinitionStore;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.JobStore;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.OwnedLane;
import io.tributary.service.store.Session;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import io.tributary.service.store.TriggerFailures;
import io.tributary.service.store.postgres.Connections.Limits;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolAcquirePendingLimitException;
import reactor.pool.PoolAcquireTimeoutException;
import reactor.pool.PoolBuilder;
import reactor.pool.PoolShutdownException;
import reactor.pool.PooledRef;

/**
 * The store on PostgreSQL. Sessions own their connections; all other reads share a few more. Needs the tables that {@link
 * PostgresSchema} makes. Answers come on the connections' event loops.
 */
public final class PostgresStore implements Store {

    private static final int READERS = 8;
    private static final int WAITING_READS = 1_000;
    private static final Duration WAIT_FOR_A_READER = Duration.ofSeconds(2);

    private static final String DOCUMENT =
            "select %s from documents d where d.database = $1 and d.collection = $2 and d.id = $3"
                    .formatted(DocumentRows.COLUMNS);

    private final Connections connections;

    // Lines mend themselves, so the pool only counts: a pool of connections would have to notice which are broken.
    private final InstrumentedPool<Line> readers;

    /** Connects when it is used. */
    public PostgresStore(PostgresSettings settings) {
        this.connections = new Connections(settings);
        AtomicInteger reader = new AtomicInteger();
        this.readers = PoolBuilder.from(
                        Mono.fromSupplier(() -> connections.reader("reader " + reader.incrementAndGet())))
                .sizeBetween(0, READERS)
                .maxPendingAcquire(WAITING_READS)
                .destroyHandler(Line::close)
                .buildPool();
    }

    @Override
    public Session session(String name) {
        return new PostgresSession(connections.line(name, Limits.WRITING));
    }

    /** Tends the partitions of the remembered outcomes, which are kept for at least {@code keep}. */
    public IdempotencyPartitions idempotencyPartitions(Duration keep) {
        return new IdempotencyPartitions(connections.line("partitions", Limits.TENDING), keep);
    }

    /** Removes the rows of documents that were deleted more than {@code keep} ago; never, when that is null. */
    public Tombstones tombstones(@Nullable Duration keep) {
        return new Tombstones(connections.line("tombstones", Limits.TENDING), keep);
    }

    /** The jobs that are kept in the same schema. */
    public JobStore jobs() {
        return new PostgresJobs(this::read);
    }

    /** The definitions that are kept in the same schema. */
    public DefinitionStore definitions() {
        return new PostgresDefinitions(this::read);
    }

    /** The failures of triggers that are kept in the same schema. */
    public TriggerFailures triggerFailures() {
        return new PostgresTriggerFailures(this::read);
    }

    @Override
    public Mono<DocumentState> document(DocumentName name) {
        return read(wire -> wire.rows(
                        DOCUMENT, row -> DocumentRows.read(name, row), name.database(), name.collection(), name.id()))
                .map(found -> found.isEmpty() ? DocumentState.missing(name) : found.getFirst());
    }

    @Override
    public Mono<List<DocumentState>> documents(List<DocumentName> names, long maxBytes) {
        return read(wire -> SnapshotStatement.read(wire, names, maxBytes));
    }

    @Override
    public Mono<Map<IdempotencyKey, Loaded.Outcome>> outcomes(Collection<IdempotencyKey> keys) {
        return read(wire -> LoadStatements.load(wire, List.of(), keys)).map(Loaded::outcomes);
    }

    @Override
    public Mono<List<DocumentState>> page(CollectionName collection, @Nullable String after, int limit) {
        return read(wire -> PageStatements.page(wire, collection, after, limit));
    }

    @Override
    public Mono<String> lastId(CollectionName collection) {
        return read(wire -> PageStatements.lastId(wire, collection));
    }

    @Override
    public Mono<List<OwnedLane>> lanes() {
        return read(LaneStatements::owned);
    }

    @Override
    public Mono<Void> ping() {
        return read(wire -> wire.run("select 1"));
    }

    @Override
    public Mono<Void> close() {
        return readers.disposeLater().then(connections.close());
    }

    private <T> Mono<T> read(Function<Wire, Mono<T>> query) {
        return Detached.run(() -> Mono.usingWhen(
                        readers.acquire(WAIT_FOR_A_READER),
                        reader -> reader.poolable().use(query),
                        PooledRef::release)
                .onErrorMap(PostgresStore::isOverload, PostgresStore::overload));
    }

    private static boolean isOverload(Throwable failure) {
        return failure instanceof PoolAcquireTimeoutException
                || failure instanceof PoolAcquirePendingLimitException
                || failure instanceof PoolShutdownException;
    }

    private static StoreException overload(Throwable failure) {
        return new StoreException(Kind.AWAY, "no connection is free for a read", failure);
    }
}
