package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.service.store.Definition;
import io.tributary.service.store.DefinitionStore;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Definitions in PostgreSQL. */
final class PostgresDefinitions implements DefinitionStore {

    private static final String COLUMNS = """
            d.kind, d.database, d.name, d.version, d.body,
            (extract(epoch from d.created_at) * 1000000)::bigint as created_at,
            (extract(epoch from d.updated_at) * 1000000)::bigint as updated_at
            """;

    private static final String CHANGES = "select changes from definition_changes";

    private static final String ALL =
            "select c.changes, %s from definition_changes c left join definitions d on d.body is not null"
                    .formatted(COLUMNS);

    private static final String FIND = """
            select %s from definitions d where d.kind = $1 and d.database = $2 and d.name = $3 and d.body is not null
            """.formatted(COLUMNS);

    private static final String LIST = """
            select %s from definitions d where d.kind = $1 and d.database = $2 and d.body is not null order by d.name
            """.formatted(COLUMNS);

    private static final String SAVE = """
            with saved as (
              insert into definitions as d (kind, database, name, version, body)
              select $1, $2, $3, 1, $4
              where $5 = 0 or exists (select 1 from definitions where kind = $1 and database = $2 and name = $3)
              on conflict (kind, database, name) do update set
                version = d.version + 1,
                body = excluded.body,
                created_at = case when d.body is null then now() else d.created_at end,
                updated_at = now()
              where case when d.body is null then 0 else d.version end = $5
              returning *),
            counted as (
              update definition_changes set changes = changes + 1 where exists (select 1 from saved))
            select %s from saved d
            """.formatted(COLUMNS);

    private static final String DELETE = """
            with deleted as (
              update definitions set version = version + 1, body = null, updated_at = now()
              where kind = $1 and database = $2 and name = $3 and version = $4 and body is not null
              returning 1),
            counted as (
              update definition_changes set changes = changes + 1 where exists (select 1 from deleted))
            select 1 from deleted
            """;

    private final PostgresJobs.Connection connection;

    PostgresDefinitions(PostgresJobs.Connection connection) {
        this.connection = connection;
    }

    @Override
    public Mono<Long> changes() {
        return connection
                .run(wire -> wire.rows(CHANGES, row -> DocumentRows.number(row, "changes")))
                .map(List::getFirst);
    }

    @Override
    public Mono<All> all() {
        return connection.run(wire -> wire.rows(ALL, Counted::read)).map(PostgresDefinitions::all);
    }

    /** A row of all definitions; one without a definition when there are none. */
    private record Counted(long changes, @Nullable Definition definition) {

        static Counted read(Row row) {
            return new Counted(
                    DocumentRows.number(row, "changes"),
                    row.get("body", String.class) == null ? null : PostgresDefinitions.read(row));
        }
    }

    private static All all(List<Counted> rows) {
        return new All(
                rows.getFirst().changes(),
                rows.stream()
                        .map(Counted::definition)
                        .filter(Objects::nonNull)
                        .map(Objects::requireNonNull)
                        .toList());
    }

    @Override
    public Mono<Definition> find(Definition.Key key) {
        return one(FIND, name(key.kind()), key.database(), key.name());
    }

    @Override
    public Mono<List<Definition>> list(Definition.Kind kind, String database) {
        return connection.run(wire -> wire.rows(LIST, PostgresDefinitions::read, name(kind), database));
    }

    @Override
    public Mono<Definition> save(Definition.Key key, String body, long expected) {
        return one(SAVE, name(key.kind()), key.database(), key.name(), body, expected);
    }

    @Override
    public Mono<Boolean> delete(Definition.Key key, long expected) {
        return connection
                .run(wire -> wire.rows(DELETE, row -> true, name(key.kind()), key.database(), key.name(), expected))
                .map(deleted -> !deleted.isEmpty());
    }

    private Mono<Definition> one(String sql, Object... parameters) {
        return connection
                .run(wire -> wire.rows(sql, PostgresDefinitions::read, parameters))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()));
    }

    private static Definition read(Row row) {
        return new Definition(
                new Definition.Key(
                        Definition.Kind.valueOf(text(row, "kind").toUpperCase(Locale.ROOT)),
                        text(row, "database"),
                        text(row, "name")),
                DocumentRows.number(row, "version"),
                text(row, "body"),
                DocumentRows.time(row, "created_at"),
                DocumentRows.time(row, "updated_at"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private static String name(Definition.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
