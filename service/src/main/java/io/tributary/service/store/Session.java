package io.tributary.service.store;

import io.tributary.name.DocumentName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/**
 * One connection's worth of statements. Not thread-safe: the next statement is subscribed to after the one before has
 * terminated, at the earliest by whoever is just being handed its result.
 */
public interface Session {

    /** Stands for the epoch of a lane that is locked whoever owns it. */
    long ANY_EPOCH = -1;

    /** Emits the last states of documents and the remembered outcomes of keys; what is not there is left out. */
    Mono<Loaded> load(Collection<DocumentName> documents, Collection<IdempotencyKey> keys);

    /**
     * Commits one turn of each lane in one statement, skipping lanes that somebody else has locked. Makes the statement
     * ready at once, and sends it when subscribed to, which is possible once. Emits after the commit is complete; a lane
     * that is not {@linkplain Receipt#taken taken} has nothing written.
     */
    Mono<Receipt> commit(Commit commit);

    /**
     * Like {@link #commit}, but waits for the lanes' locks first and plans under them: what {@code plan} is given cannot
     * change before its commit. Lanes whose epoch is another are not locked and not in {@link Locked#lanes}. An empty
     * plan (no turns) writes nothing.
     *
     * @param epochs the lanes to lock, each with the epoch it is owned at, or {@link #ANY_EPOCH}
     */
    Mono<Receipt> commitLocked(
            Map<Integer, Long> epochs,
            Collection<DocumentName> documents,
            Collection<IdempotencyKey> keys,
            Function<Locked, Commit> plan);

    /** Emits the newest state of each lane. */
    Mono<Map<Integer, LaneState>> lanes(Set<Integer> lanes);

    /**
     * Makes the caller the owner of a lane: raises its epoch, which waits for statements under way and defeats those that
     * come later, and then, in a statement of its own, reads the newest state.
     */
    Mono<LaneState> takeOver(int lane, String owner);

    /**
     * Raises the epoch of a lane that is still owned at {@code epoch}. Emits the new epoch, completes empty when another
     * owner has raised it. Either way, what was under way at {@code epoch} is decided afterwards.
     */
    Mono<Long> fence(int lane, long epoch);

    /** Emits the id of the commit that made this turn, completes empty when the turn is not there (not yet, or swept). */
    Mono<UUID> commitId(int lane, long turn);

    /** Emits the turns above {@code after} that have a payload or records, in order, at most {@code limit}. */
    Mono<List<StoredTurn>> turns(int lane, long after, int limit);

    /** Removes the turns {@code from} to {@code to}, but never the newest. Not durable at once: repeating it is harmless. */
    Mono<Void> sweep(int lane, long from, long to);

    /** Closes the connection. */
    Mono<Void> close();
}
