package io.tributary.service.store.postgres;

import io.tributary.name.DocumentName;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Locked;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * A commit whose plan is made under the locks of its lanes. To lock, to load and to write are statements of their own: what
 * a statement reads is from before it waited for a lock.
 */
final class LockedCommit {

    private LockedCommit() {}

    static Mono<Receipt> run(
            Wire wire,
            Map<Integer, Long> epochs,
            Collection<DocumentName> documents,
            Collection<IdempotencyKey> keys,
            Function<Locked, Commit> plan) {
        return wire.run("begin")
                .then(LaneStatements.lock(wire, epochs))
                .flatMap(held -> locked(wire, held, documents, keys))
                .flatMap(locked -> written(wire, locked, plan.apply(locked)))
                .onErrorMap(StoreException.class, LockedCommit::beforeItsCommit)
                .flatMap(written -> ended(wire, written))
                .onErrorResume(failure -> wire.run("rollback").onErrorComplete().then(Mono.error(failure)));
    }

    private static Mono<Locked> locked(
            Wire wire, Set<Integer> held, Collection<DocumentName> documents, Collection<IdempotencyKey> keys) {
        return LaneStatements.states(wire, held)
                .flatMap(lanes -> LoadStatements.load(wire, documents, keys).map(loaded -> new Locked(lanes, loaded)));
    }

    private static Mono<Written> written(Wire wire, Locked locked, Commit commit) {
        if (commit.turns().isEmpty()) {
            return Mono.just(new Written(locked.lanes().keySet(), Set.of(), false));
        }
        return CommitStatement.of(commit)
                .blocking(wire)
                .map(receipt -> new Written(
                        receipt.held(),
                        receipt.taken(),
                        receipt.taken().size() == commit.turns().size()));
    }

    private static Mono<Receipt> ended(Wire wire, Written written) {
        return written.whole()
                ? wire.run("commit").thenReturn(new Receipt(written.held(), written.taken()))
                : wire.run("rollback").thenReturn(new Receipt(written.held(), Set.of()));
    }

    /** Without COMMIT nothing can be written, not even when the answer is lost. */
    private static StoreException beforeItsCommit(StoreException failure) {
        return failure.kind() == Kind.UNKNOWN
                ? new StoreException(Kind.AWAY, "the connection broke before the commit", failure)
                : failure;
    }

    /** @param whole whether all turns of the plan are written, which is all or nothing here */
    private record Written(Set<Integer> held, Set<Integer> taken, boolean whole) {}
}
