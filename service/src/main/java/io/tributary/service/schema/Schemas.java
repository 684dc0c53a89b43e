package io.tributary.service.schema;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.document.DocumentSchemas;
import io.tributary.service.store.Definition;
import io.tributary.service.store.DefinitionStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The schemas of collections: keeps them, and has them ready for those who write. A change is in effect here when it is
 * answered, and within about a second on other instances, which look for changes. Thread-safe.
 */
public final class Schemas implements DocumentSchemas {

    private static final Logger log = LoggerFactory.getLogger(Schemas.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    private final DefinitionStore definitions;
    private final Scheduler scheduler;
    private volatile SchemaView view = SchemaView.EMPTY;
    private volatile Disposable looking = Disposables.disposed();

    /** @param scheduler where schemas are compiled, and time is kept */
    public Schemas(DefinitionStore definitions, Scheduler scheduler) {
        this.definitions = definitions;
        this.scheduler = scheduler;
    }

    @Override
    public @Nullable DocumentSchema of(DocumentName document) {
        return view.of(document);
    }

    /** Completes when the schemas are in effect here that are kept now. Errs as the store does. */
    public Mono<Void> refreshed() {
        return definitions
                .changes()
                .filter(changes -> changes != view.changes())
                .flatMap(changed -> definitions.all())
                .publishOn(scheduler)
                .doOnNext(this::adopt)
                .then();
    }

    /** Of two that look at the same time, the one that has seen less may come later. */
    private synchronized void adopt(DefinitionStore.All all) {
        if (all.changes() > view.changes()) {
            view = view.next(all);
        }
    }

    /** Begins to look for changes that other instances make. */
    public void start() {
        looking = Flux.interval(LOOKS_EVERY, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> refreshed().onErrorResume(Schemas::lookLater), 1)
                .subscribe(nothing -> {}, fault -> log.error("schemas are not looked for any more", fault));
    }

    private static Mono<Void> lookLater(Throwable failure) {
        log.debug("schemas are looked for later: {}", failure.getMessage());
        return Mono.empty();
    }

    public void stop() {
        looking.dispose();
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
                .then(Mono.defer(() -> following(collection, condition)))
                .flatMap(version ->
                        definitions.save(key(collection), new String(schema, StandardCharsets.UTF_8), version))
                .repeatWhenEmpty(Integer.MAX_VALUE, others -> others)
                .flatMap(saved -> inEffect().thenReturn(saved));
    }

    /**
     * Takes its schema from a collection. Emits true, or false when it had none. Errs with {@code condition-failed}, and as
     * the store does.
     *
     * @param condition which version may be deleted
     */
    public Mono<Boolean> delete(CollectionName collection, LongPredicate condition) {
        return following(collection, condition)
                .flatMap(version -> version == 0
                        ? Mono.just(false)
                        : definitions.delete(key(collection), version).filter(deleted -> deleted))
                .repeatWhenEmpty(Integer.MAX_VALUE, others -> others)
                .flatMap(deleted -> inEffect().thenReturn(deleted));
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

    private Mono<Long> following(CollectionName collection, LongPredicate condition) {
        return definitions
                .find(key(collection))
                .map(found -> new Problem.Current(found.version(), found.updatedAt()))
                .defaultIfEmpty(new Problem.Current(0, null))
                .map(current -> {
                    if (!condition.test(current.version())) {
                        throw new ProblemException(
                                Problem.of(ProblemType.CONDITION_FAILED, "the schema has another version")
                                        .withCurrent(current));
                    }
                    return current.version();
                });
    }

    /** It is kept already, so a failure to have it here at once is made good by the next look. */
    private Mono<Void> inEffect() {
        return refreshed().onErrorResume(Schemas::lookLater);
    }

    private static Definition.Key key(CollectionName collection) {
        return new Definition.Key(Definition.Kind.SCHEMA, collection.database(), collection.path());
    }
}
