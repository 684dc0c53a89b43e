package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.service.store.Definition;
import io.tributary.service.store.TriggerFailures;
import io.tributary.trigger.TriggerFailure;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** The failures of triggers in PostgreSQL. */
final class PostgresTriggerFailures implements TriggerFailures {

    private static final String ADD = """
            with added as (
              insert into trigger_failures (database, name, time, document, version, problem, detail)
              values ($1, $2, $3, $4, $5, $6, $7))
            delete from trigger_failures
            where database = $1 and name = $2 and failure <= (
              select failure from trigger_failures where database = $1 and name = $2
              order by failure desc offset %d limit 1)
            """.formatted(KEPT - 1);

    private static final String LAST = """
            select (extract(epoch from time) * 1000000)::bigint as time, document, version, problem, detail
            from trigger_failures where database = $1 and name = $2
            order by failure desc limit %d
            """.formatted(KEPT);

    private final PostgresJobs.Connection connection;

    PostgresTriggerFailures(PostgresJobs.Connection connection) {
        this.connection = connection;
    }

    @Override
    public Mono<Void> add(Definition.Key trigger, TriggerFailure failure) {
        return connection.run(wire -> wire.run(
                ADD,
                trigger.database(),
                trigger.name(),
                failure.time().atOffset(ZoneOffset.UTC),
                failure.document(),
                failure.version(),
                failure.problem(),
                failure.detail()));
    }

    @Override
    public Mono<List<TriggerFailure>> last(Definition.Key trigger) {
        return connection.run(
                wire -> wire.rows(LAST, PostgresTriggerFailures::failure, trigger.database(), trigger.name()));
    }

    private static TriggerFailure failure(Row row) {
        return new TriggerFailure(
                DocumentRows.time(row, "time"),
                text(row, "document"),
                DocumentRows.number(row, "version"),
                text(row, "problem"),
                text(row, "detail"));
    }

    private static String text(Row row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }
}
