package io.tributary.service.store.postgres;

import io.tributary.name.DocumentName;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoredTurn;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A session with a connection of its own. Answers come on the connection's event loop. */
final class PostgresSession implements Session {

    private final Line line;
    private final AtomicBoolean busy = new AtomicBoolean();

    PostgresSession(Line line) {
        this.line = line;
    }

    @Override
    public Mono<Loaded> load(Collection<DocumentName> documents, Collection<IdempotencyKey> keys) {
        return alone(() -> line.use(wire -> LoadStatements.load(wire, documents, keys)));
    }

    @Override
    public Mono<Receipt> commit(Commit commit) {
        CommitStatement statement = CommitStatement.of(commit);
        return alone(() -> line.use(statement::skippingLocked));
    }

    @Override
    public Mono<Receipt> commitLocked(
            Map<Integer, Long> epochs,
            Collection<DocumentName> documents,
            Collection<IdempotencyKey> keys,
            Function<Locked, Commit> plan) {
        return alone(() -> line.use(wire -> LockedCommit.run(wire, epochs, documents, keys, plan)));
    }

    @Override
    public Mono<Map<Integer, LaneState>> lanes(Set<Integer> lanes) {
        return alone(() -> line.use(wire -> LaneStatements.states(wire, lanes)));
    }

    @Override
    public Mono<LaneState> takeOver(int lane, String owner) {
        return alone(() -> line.use(wire -> LaneStatements.takeOver(wire, lane, owner)));
    }

    @Override
    public Mono<Long> fence(int lane, long epoch) {
        return alone(() -> line.use(wire -> LaneStatements.fence(wire, lane, epoch)));
    }

    @Override
    public Mono<UUID> commitId(int lane, long turn) {
        return alone(() -> line.use(wire -> LaneStatements.commitId(wire, lane, turn)));
    }

    @Override
    public Mono<List<StoredTurn>> turns(int lane, long after, int limit) {
        return alone(() -> line.use(wire -> LaneStatements.turns(wire, lane, after, limit)));
    }

    @Override
    public Mono<Void> sweep(int lane, long from, long to) {
        return alone(() -> line.use(wire -> LaneStatements.sweep(wire, lane, from, to)));
    }

    @Override
    public Mono<Void> close() {
        return line.close();
    }

    /** Refuses to run two statements at a time. */
    private <T> Mono<T> alone(Supplier<Mono<T>> statement) {
        return Detached.run(() -> busy.compareAndSet(false, true)
                ? Mono.defer(statement).doOnTerminate(() -> busy.set(false))
                : Mono.error(new IllegalStateException("a statement of this session is still under way")));
    }
}
