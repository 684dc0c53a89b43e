package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Loaded;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * What a batch needs to know: documents and remembered outcomes. In lateral form, which leaves the planner no choice: a
 * join that it prepares while the tables are small stays a scan while they grow.
 */
final class LoadStatements {

    private static final String DOCUMENTS = """
            select k.n, %s
            from unnest($1::text[], $2::text[], $3::text[]) with ordinality as k(database, collection, id, n)
            cross join lateral (
              select * from documents d
              where d.database = k.database and d.collection = k.collection and d.id = k.id limit 1) d
            """.formatted(DocumentRows.COLUMNS);

    private static final String OUTCOMES = """
            select k.n, i.fingerprint, i.outcome
            from unnest($1::int[], $2::bytea[]) with ordinality as k(lane, key, n)
            cross join lateral (
              select * from idempotency i
              where i.lane = k.lane and i.key = k.key order by i.stored_at desc limit 1) i
            """;

    private LoadStatements() {}

    static Mono<Loaded> load(Wire wire, Collection<DocumentName> documents, Collection<IdempotencyKey> keys) {
        return documents(wire, List.copyOf(documents))
                .flatMap(found -> outcomes(wire, List.copyOf(keys)).map(remembered -> new Loaded(found, remembered)));
    }

    private static Mono<Map<DocumentName, DocumentState>> documents(Wire wire, List<DocumentName> names) {
        if (names.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Mono.defer(() -> wire.rows(
                        DOCUMENTS,
                        row -> DocumentRows.read(names.get(index(row)), row),
                        SqlArray.texts(names, DocumentName::database),
                        SqlArray.texts(names, DocumentName::collection),
                        SqlArray.texts(names, DocumentName::id)))
                .map(states -> states.stream().collect(Collectors.toMap(DocumentState::name, state -> state)));
    }

    private static Mono<Map<IdempotencyKey, Loaded.Outcome>> outcomes(Wire wire, List<IdempotencyKey> keys) {
        if (keys.isEmpty()) {
            return Mono.just(Map.of());
        }
        return Mono.defer(() -> wire.rows(
                        OUTCOMES,
                        row -> Map.entry(keys.get(index(row)), outcome(row)),
                        SqlArray.ints(keys, IdempotencyKey::lane),
                        SqlArray.bytes(keys, IdempotencyKey::hash)))
                .map(found -> found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static int index(Row row) {
        return Math.toIntExact(DocumentRows.number(row, "n") - 1);
    }

    private static Loaded.Outcome outcome(Row row) {
        return new Loaded.Outcome(
                Objects.requireNonNull(row.get("fingerprint", byte[].class)),
                Objects.requireNonNull(row.get("outcome", byte[].class)));
    }
}
