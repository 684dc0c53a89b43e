package io.tributary.service.definition;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.store.Definition;
import io.tributary.service.store.DefinitionStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Keeps definitions, and lets those know who have to act by them. A change is in effect here when it is answered, and within
 * about a second on other instances, which look for changes. Thread-safe.
 */
public final class Definitions {

    private static final Logger log = LoggerFactory.getLogger(Definitions.class);
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(1);

    private final DefinitionStore store;
    private final Scheduler scheduler;
    private final List<Consumer<List<Definition>>> followers = new CopyOnWriteArrayList<>();
    private long seen = -1;
    private volatile Disposable looking = Disposables.disposed();

    /** @param scheduler where followers are told, and time is kept */
    public Definitions(DefinitionStore store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /** Tells all definitions, each time that one of them has changed; before anything is looked for. */
    public void follow(Consumer<List<Definition>> follower) {
        followers.add(follower);
    }

    /** Completes when the definitions are in effect here that are kept now. Errs as the store does. */
    public Mono<Void> refreshed() {
        return store.changes()
                .filter(this::isNew)
                .flatMap(changed -> store.all())
                .publishOn(scheduler)
                .doOnNext(this::adopt)
                .then();
    }

    private synchronized boolean isNew(long changes) {
        return changes != seen;
    }

    /** Of two that look at the same time, the one that has seen less may come later. */
    private synchronized void adopt(DefinitionStore.All all) {
        if (all.changes() > seen) {
            seen = all.changes();
            followers.forEach(follower -> follower.accept(all.definitions()));
        }
    }

    /** Begins to look for changes that other instances make. */
    public void start() {
        looking = Flux.interval(LOOKS_EVERY, scheduler)
                .onBackpressureDrop()
                .concatMap(tick -> refreshed().onErrorResume(Definitions::lookLater), 1)
                .subscribe(nothing -> {}, fault -> log.error("definitions are not looked for any more", fault));
    }

    private static Mono<Void> lookLater(Throwable failure) {
        log.debug("definitions are looked for later: {}", failure.getMessage());
        return Mono.empty();
    }

    /** Looks for changes no more. */
    public void stop() {
        looking.dispose();
    }

    /** Emits a definition; completes empty when there is none. Errs as the store does. */
    public Mono<Definition> find(Definition.Key key) {
        return store.find(key);
    }

    /** Emits the definitions of a kind in a database by name. Errs as the store does. */
    public Mono<List<Definition>> list(Definition.Kind kind, String database) {
        return store.list(kind, database);
    }

    /**
     * Saves a definition. Emits it, in effect here. Errs with a {@link ProblemException} {@code condition-failed}, and as the
     * store does.
     *
     * @param condition which version it may follow, 0 for none
     */
    public Mono<Definition> save(Definition.Key key, String body, LongPredicate condition) {
        return following(key, condition)
                .flatMap(version -> store.save(key, body, version))
                .repeatWhenEmpty(Integer.MAX_VALUE, others -> others)
                .flatMap(saved -> inEffect().thenReturn(saved));
    }

    /**
     * Deletes a definition. Emits true, or false when there was none. Errs with {@code condition-failed}, and as the store
     * does.
     *
     * @param condition which version may be deleted
     */
    public Mono<Boolean> delete(Definition.Key key, LongPredicate condition) {
        return following(key, condition)
                .flatMap(version -> version == 0
                        ? Mono.just(false)
                        : store.delete(key, version).filter(deleted -> deleted))
                .repeatWhenEmpty(Integer.MAX_VALUE, others -> others)
                .flatMap(deleted -> inEffect().thenReturn(deleted));
    }

    private Mono<Long> following(Definition.Key key, LongPredicate condition) {
        return store.find(key)
                .map(found -> new Problem.Current(found.version(), found.updatedAt()))
                .defaultIfEmpty(new Problem.Current(0, null))
                .map(current -> {
                    if (!condition.test(current.version())) {
                        throw new ProblemException(
                                Problem.of(ProblemType.CONDITION_FAILED, "it has another version by now")
                                        .withCurrent(current));
                    }
                    return current.version();
                });
    }

    /** It is kept already, so a failure to have it here at once is made good by the next look. */
    private Mono<Void> inEffect() {
        return refreshed().onErrorResume(Definitions::lookLater);
    }
}
