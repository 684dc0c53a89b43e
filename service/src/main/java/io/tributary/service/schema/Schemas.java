package io.tributary.service.schema;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.definition.Definitions;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.document.DocumentSchemas;
import io.tributary.service.store.Definition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The schemas of collections: keeps them, and has them ready for those who write. A change is in effect here when it is
 * answered, and within about a second on other instances. Thread-safe.
 */
public final class Schemas implements DocumentSchemas {

    private final Definitions definitions;
    private final Scheduler scheduler;
    private volatile SchemaView view = SchemaView.EMPTY;

    /** @param scheduler where schemas are checked */
    public Schemas(Definitions definitions, Scheduler scheduler) {
        this.definitions = definitions;
        this.scheduler = scheduler;
        definitions.follow(all -> view = view.next(all));
    }

    @Override
    public @Nullable DocumentSchema of(DocumentName document) {
        return view.of(document);
    }

    /** Emits the schema of a collection; completes empty when it has none of its own. Errs as the store does. */
    public Mono<Definition> find(CollectionName collection) {
        return definitions.find(key(collection));
    }

    /** Emits the schemas of a database by name. Errs as the store does. */
    public Mono<List<Definition>> list(String database) {
        return definitions.list(Definition.Kind.SCHEMA, database);
    }

    /**
     * Gives a collection a schema, which judges what is written from now on; what is stored stays. Emits it, in effect here.
     * Errs with a {@link ProblemException}: as {@link SchemaCompiler#compile} does, {@code bad-path}, and
     * {@code condition-failed}; and as the store does.
     *
     * @param condition which version it may follow, 0 for none
     */
    public Mono<Definition> save(CollectionName collection, byte[] schema, LongPredicate condition) {
        return checked(collection, schema)
                .then(Mono.defer(() ->
                        definitions.save(key(collection), new String(schema, StandardCharsets.UTF_8), condition)));
    }

    /**
     * Takes its schema from a collection. Emits true, or false when it had none. Errs with {@code condition-failed}, and as
     * the store does.
     *
     * @param condition which version may be deleted
     */
    public Mono<Boolean> delete(CollectionName collection, LongPredicate condition) {
        return definitions.delete(key(collection), condition);
    }

    /** Completes when a schema can be one of a collection; nothing is kept. Errs as {@link #save} does. */
    public Mono<Void> checked(CollectionName collection, byte[] schema) {
        return Mono.<Void>fromRunnable(() -> check(collection, schema)).subscribeOn(scheduler);
    }

    private static void check(CollectionName collection, byte[] schema) {
        try {
            SchemaName.check(collection);
        } catch (IllegalArgumentException e) {
            throw SchemaCompiler.refusal(ProblemType.BAD_PATH, String.valueOf(e.getMessage()));
        }
        SchemaCompiler.compile(schema);
    }

    /** Whether a schema of this name is for many collections, {@code cities/*}{@code /landmarks}. */
    public static boolean isOfMany(CollectionName name) {
        return SchemaName.isOfMany(name);
    }

    private static Definition.Key key(CollectionName collection) {
        return new Definition.Key(Definition.Kind.SCHEMA, collection.database(), collection.path());
    }
}
