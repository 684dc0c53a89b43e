package io.tributary.client;

import io.tributary.change.Outcome;
import io.tributary.name.CollectionName;
import io.tributary.query.Document;
import io.tributary.query.Query;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One collection. */
public final class CollectionClient {

    private final TributaryClient client;
    private final CollectionName name;

    CollectionClient(TributaryClient client, CollectionName name) {
        this.client = client;
        this.name = name;
    }

    /** The document of this collection with this id. */
    public DocumentClient document(String id) {
        return client.document(name.document(id));
    }

    /** Creates a document with a time-ordered id that the service chooses; the outcome names it. As a write, otherwise. */
    public Mono<Outcome.Applied> create(Map<String, ? extends @Nullable Object> data) {
        return create((MapValue) Value.of(data));
    }

    /** As {@link #create(Map)}. */
    public Mono<Outcome.Applied> create(MapValue data) {
        return client.create(name, data);
    }

    /** All documents of the collection, by their ids. */
    public Flux<Document> query() {
        return client.query(Query.of(name));
    }

    /**
     * As {@link TributaryClient#query}: {@code query(q -> q.withWhere(Where.field("stock").gt(0)).withLimit(100))} for all
     * that are in stock, a hundred in a request.
     */
    public Flux<Document> query(UnaryOperator<Query> query) {
        return client.query(query.apply(Query.of(name)));
    }

    /** All documents, and then all changes, as {@link TributaryClient#watch} tells them. */
    public Flux<WatchEvent> watch() {
        return client.watch(name, WatchOptions.DEFAULT);
    }

    /**
     * As {@link TributaryClient#watch}: {@code watch(w -> w.withWhere(Where.field("stock").gt(0)))} for what is in stock, and
     * what comes to be and ceases to be.
     */
    public Flux<WatchEvent> watch(UnaryOperator<WatchOptions> options) {
        return client.watch(name, options.apply(WatchOptions.DEFAULT));
    }
}
