package io.tributary.service.store;

import io.tributary.name.DocumentName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A session that does what another does, but for what is overridden. */
public abstract class AlteredSession implements Session {

    private final Session original;

    protected AlteredSession(Session original) {
        this.original = original;
    }

    @Override
    public Mono<Loaded> load(Collection<DocumentName> documents, Collection<IdempotencyKey> keys) {
        return original.load(documents, keys);
    }

    @Override
    public Mono<Receipt> commit(Commit commit) {
        return original.commit(commit);
    }

    @Override
    public Mono<Receipt> commitLocked(
            Map<Integer, Long> epochs,
            Collection<DocumentName> documents,
            Collection<IdempotencyKey> keys,
            Function<Locked, Commit> plan) {
        return original.commitLocked(epochs, documents, keys, plan);
    }

    @Override
    public Mono<Map<Integer, LaneState>> lanes(Set<Integer> lanes) {
        return original.lanes(lanes);
    }

    @Override
    public Mono<LaneState> takeOver(int lane, String owner) {
        return original.takeOver(lane, owner);
    }

    @Override
    public Mono<Long> fence(int lane, long epoch) {
        return original.fence(lane, epoch);
    }

    @Override
    public Mono<UUID> commitId(int lane, long turn) {
        return original.commitId(lane, turn);
    }

    @Override
    public Mono<List<StoredTurn>> turns(int lane, long after, int limit) {
        return original.turns(lane, after, limit);
    }

    @Override
    public Mono<Void> sweep(int lane, long from, long to) {
        return original.sweep(lane, from, to);
    }

    @Override
    public Mono<Void> close() {
        return original.close();
    }
}
