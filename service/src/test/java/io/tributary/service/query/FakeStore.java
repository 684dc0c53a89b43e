package io.tributary.service.query;

import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.OwnedLane;
import io.tributary.service.store.Session;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Documents in a map. Reads only; what a test puts in is there at once. */
public final class FakeStore implements Store {

    private final NavigableMap<DocumentName, DocumentState> documents = new TreeMap<>();
    private final Map<IdempotencyKey, Loaded.Outcome> outcomes = new HashMap<>();
    private final AtomicInteger pages = new AtomicInteger();
    private @Nullable RuntimeException failure;
    private boolean silent;

    public synchronized FakeStore put(DocumentState state) {
        documents.put(state.name(), state);
        return this;
    }

    /** Version 1 of a document of the default database, made at the epoch. */
    public FakeStore put(String name, String data) {
        return put(DocumentName.of(name), 1, data);
    }

    public FakeStore put(DocumentName name, long version, String data) {
        Lifetime lifetime = new Lifetime(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null, null);
        return put(new DocumentState(
                name,
                version,
                ValueJson.readDocument(data.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT),
                lifetime));
    }

    public synchronized FakeStore remove(String name) {
        documents.remove(DocumentName.of(name));
        return this;
    }

    /** From now on every read errs with a {@link StoreException}. */
    public void failWith(StoreException.Kind kind) {
        failWith(new StoreException(kind, "a secret of the database", null));
    }

    public void failWith(RuntimeException failure) {
        this.failure = failure;
    }

    /** From now on no read is answered. */
    public void beSilent() {
        silent = true;
    }

    /** How many pages were read. */
    public int pages() {
        return pages.get();
    }

    public synchronized DocumentState state(DocumentName name) {
        return documents.getOrDefault(name, DocumentState.missing(name));
    }

    @Override
    public Mono<DocumentState> document(DocumentName name) {
        return answering(Mono.fromSupplier(() -> state(name)));
    }

    @Override
    public Mono<List<DocumentState>> documents(List<DocumentName> names, long maxBytes) {
        return answering(Mono.fromSupplier(() -> together(names)).filter(documents -> bytes(documents) <= maxBytes));
    }

    /** Lets an outcome be remembered by a key. */
    public synchronized void remember(IdempotencyKey key, Loaded.Outcome outcome) {
        outcomes.put(key, outcome);
    }

    @Override
    public Mono<Map<IdempotencyKey, Loaded.Outcome>> outcomes(Collection<IdempotencyKey> keys) {
        return answering(Mono.fromSupplier(() -> remembered(keys)));
    }

    private synchronized Map<IdempotencyKey, Loaded.Outcome> remembered(Collection<IdempotencyKey> keys) {
        Map<IdempotencyKey, Loaded.Outcome> remembered = new HashMap<>(outcomes);
        remembered.keySet().retainAll(keys);
        return remembered;
    }

    private synchronized List<DocumentState> together(List<DocumentName> names) {
        return names.stream().map(this::state).toList();
    }

    private static long bytes(List<DocumentState> documents) {
        return documents.stream()
                .mapToLong(document -> document.data() == null ? 0 : ValueJson.size(document.data()))
                .sum();
    }

    @Override
    public Mono<List<DocumentState>> page(CollectionName collection, @Nullable String after, int limit) {
        return answering(Mono.fromSupplier(() -> next(collection, after, limit)));
    }

    private synchronized List<DocumentState> next(CollectionName collection, @Nullable String after, int limit) {
        pages.incrementAndGet();
        return documents.values().stream()
                .filter(state -> state.exists() && state.name().parent().equals(collection))
                .filter(state -> after == null || state.name().compareTo(collection.document(after)) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public Mono<String> lastId(CollectionName collection) {
        return answering(Mono.fromSupplier(() -> last(collection)));
    }

    private synchronized @Nullable String last(CollectionName collection) {
        return documents.keySet().stream()
                .filter(name -> name.parent().equals(collection))
                .reduce((earlier, later) -> later)
                .map(DocumentName::id)
                .orElse(null);
    }

    private <T> Mono<T> answering(Mono<T> answer) {
        return Mono.defer(() -> silent ? Mono.never() : failure == null ? answer : Mono.error(failure));
    }

    @Override
    public Session session(String name) {
        throw new UnsupportedOperationException("reads only");
    }

    @Override
    public Mono<List<OwnedLane>> lanes() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<Void> ping() {
        return Mono.empty();
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
