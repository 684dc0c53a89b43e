package io.tributary.service.store;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Definitions in memory; {@link DefinitionStoreContract} holds for them as for PostgreSQL's. Answers on the thread that asks.
 */
public final class InMemoryDefinitions implements DefinitionStore {

    private final InstantSource clock = InstantSource.system();
    private final Map<Definition.Key, Definition> current = new HashMap<>();
    private final Map<Definition.Key, Long> versions = new HashMap<>();
    private long changes;

    @Override
    public Mono<Long> changes() {
        return atOnce(() -> changes);
    }

    @Override
    public Mono<All> all() {
        return atOnce(() -> new All(changes, List.copyOf(current.values())));
    }

    @Override
    public Mono<Definition> find(Definition.Key key) {
        return atOnce(() -> current.get(key));
    }

    @Override
    public Mono<List<Definition>> list(Definition.Kind kind, String database) {
        return atOnce(() -> current.values().stream()
                .filter(each ->
                        each.key().kind() == kind && each.key().database().equals(database))
                .sorted(Comparator.comparing(each -> each.key().name()))
                .toList());
    }

    @Override
    public Mono<Definition> save(Definition.Key key, String body, long expected) {
        return atOnce(() -> visible(key) == expected ? saved(key, body) : null);
    }

    private Definition saved(Definition.Key key, String body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Definition before = current.get(key);
        changes++;
        Definition saved = new Definition(
                key, versions.merge(key, 1L, Long::sum), body, before == null ? now : before.createdAt(), now);
        current.put(key, saved);
        return saved;
    }

    @Override
    public Mono<Boolean> delete(Definition.Key key, long expected) {
        return atOnce(() -> {
            if (expected == 0 || visible(key) != expected) {
                return false;
            }
            changes++;
            versions.merge(key, 1L, Long::sum);
            current.remove(key);
            return true;
        });
    }

    private long visible(Definition.Key key) {
        Definition definition = current.get(key);
        return definition == null ? 0 : definition.version();
    }

    private <T> Mono<T> atOnce(Supplier<@Nullable T> action) {
        return Mono.fromSupplier(() -> {
            synchronized (this) {
                return action.get();
            }
        });
    }
}
