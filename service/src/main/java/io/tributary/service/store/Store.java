package io.tributary.service.store;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Where documents and lanes are kept. Every publisher runs its work once subscribed, whether or not the subscriber stays:
 * a cancel gives up the answer, never the statement. Errors are {@link StoreException}s.
 */
public interface Store {

    /**
     * A session with a connection of its own, which it opens with its first statement and again after a failure.
     *
     * @param name tells the session apart in the server's list of connections
     */
    Session session(String name);

    /** Emits the document's last state, {@link DocumentState#missing} when it never existed. */
    Mono<DocumentState> document(DocumentName name);

    /**
     * Emits the last states of documents as of one moment: of what was committed together either all is seen or nothing. In
     * the order of the names, {@link DocumentState#missing} where one never existed. Completes empty when their data has more
     * than {@code maxBytes} together, as the store keeps it.
     */
    Mono<List<DocumentState>> documents(List<DocumentName> names, long maxBytes);

    /** Emits the outcomes that are remembered by these keys; those that none is remembered by are left out. */
    Mono<Map<IdempotencyKey, Loaded.Outcome>> outcomes(Collection<IdempotencyKey> keys);

    /**
     * Emits the next existing documents of a collection, at most {@code limit}, in {@code @id} order (numeric ids first),
     * fewer only at the end.
     *
     * @param after the id to go on behind, null for the beginning
     */
    Mono<List<DocumentState>> page(CollectionName collection, @Nullable String after, int limit);

    /** Emits the id that comes last in a collection, possibly that of a deleted document; completes empty when there is none. */
    Mono<String> lastId(CollectionName collection);

    /** Emits all lanes, in order. */
    Mono<List<OwnedLane>> lanes();

    /** Completes when the store answers. */
    Mono<Void> ping();

    /** Closes all connections. */
    Mono<Void> close();
}
