package io.tributary.client;

import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.UpdateBuilder;
import io.tributary.write.Write;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One document, whether it exists or not. Data is given by Java's own objects, as {@link Value#of} takes them, or as a
 * {@link MapValue}.
 */
public final class DocumentClient {

    private final TributaryClient client;
    private final DocumentName name;

    DocumentClient(TributaryClient client, DocumentName name) {
        this.client = client;
        this.name = name;
    }

    public DocumentName name() {
        return name;
    }

    /** As {@link TributaryClient#get}. */
    public Mono<Document> get() {
        return client.get(name);
    }

    /** The document, and then its changes, as {@link TributaryClient#watch} tells them. */
    public Flux<WatchEvent> watch() {
        return watch(WatchOptions.DEFAULT);
    }

    /** As {@link TributaryClient#watch}; a filter is for collections. */
    public Flux<WatchEvent> watch(WatchOptions options) {
        return client.watch(name, options);
    }

    /** Applies operators: {@code update(u -> u.increment("stock", -1).append("sold", "ada"))}. */
    public WriteRequest update(UnaryOperator<UpdateBuilder> operators) {
        return update(operators.apply(new UpdateBuilder()).build());
    }

    public WriteRequest update(Action.Update update) {
        return request(update);
    }

    /** Creates the document; {@code already-exists} when it is there. */
    public WriteRequest create(Map<String, ? extends @Nullable Object> data) {
        return create((MapValue) Value.of(data));
    }

    public WriteRequest create(MapValue data) {
        return request(new Action.Create(data));
    }

    /** Gives the document this data, whether it exists or not. */
    public WriteRequest replace(Map<String, ? extends @Nullable Object> data) {
        return replace((MapValue) Value.of(data));
    }

    public WriteRequest replace(MapValue data) {
        return request(new Action.Replace(data));
    }

    /** Deletes the document; of a missing one the outcome says that nothing was modified. */
    public WriteRequest delete() {
        return request(new Action.Delete());
    }

    /** Checks a condition, which must follow, and changes nothing. */
    public WriteRequest verify() {
        return request(new Action.Verify());
    }

    private WriteRequest request(Action action) {
        return new WriteRequest(client, Write.of(name, action));
    }
}
