package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Several documents as of one moment: one statement, and so one snapshot. Data that is too large is not sent at all, for a
 * result cannot be given up half-way.
 */
final class SnapshotStatement {

    private static final String DOCUMENTS = """
            with found as materialized (
              select k.n, %s
              from unnest($1::text[], $2::text[], $3::text[]) with ordinality as k(database, collection, id, n)
              cross join lateral (
                select * from documents d
                where d.database = k.database and d.collection = k.collection and d.id = k.id limit 1) d)
            select n, version, committed_at, created_at, updated_at, created_by, updated_by,
              bytes > $4 as too_large, case when bytes <= $4 then data end as data
            from (select *, coalesce(sum(octet_length(data)) over (), 0) as bytes from found) sized
            """.formatted(DocumentRows.COLUMNS);

    private SnapshotStatement() {}

    private record Found(DocumentState state, boolean tooLarge) {}

    static Mono<List<DocumentState>> read(Wire wire, List<DocumentName> names, long maxBytes) {
        List<DocumentName> distinct = names.stream().distinct().toList();
        return wire.rows(
                        DOCUMENTS,
                        row -> found(distinct, row),
                        SqlArray.texts(distinct, DocumentName::database),
                        SqlArray.texts(distinct, DocumentName::collection),
                        SqlArray.texts(distinct, DocumentName::id),
                        maxBytes)
                .filter(found -> found.stream().noneMatch(Found::tooLarge))
                .map(found -> inOrder(names, found));
    }

    private static Found found(List<DocumentName> names, Row row) {
        DocumentName name = names.get(Math.toIntExact(DocumentRows.number(row, "n") - 1));
        boolean tooLarge = Objects.requireNonNull(row.get("too_large", Boolean.class));
        return new Found(DocumentRows.read(name, row), tooLarge);
    }

    private static List<DocumentState> inOrder(List<DocumentName> names, List<Found> found) {
        Map<DocumentName, DocumentState> states =
                found.stream().map(Found::state).collect(Collectors.toMap(DocumentState::name, state -> state));
        return names.stream()
                .map(name -> states.getOrDefault(name, DocumentState.missing(name)))
                .toList();
    }
}
