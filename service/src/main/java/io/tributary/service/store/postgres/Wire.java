package io.tributary.service.store.postgres;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlStatement;
import io.r2dbc.spi.Row;
import io.r2dbc.spi.ValidationDepth;
import io.tributary.service.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * One connection, for one statement at a time.
 *
 * <p>A statement's result arrives when the server has completed it, the commit included: the driver hands out rows before
 * that, and so may call something done that then fails. There is no other way to run one here.
 */
final class Wire {

    private static final Logger LOG = LoggerFactory.getLogger(Wire.class);

    private final PostgresqlConnection connection;
    private final Duration patience;

    /** @param patience how long to wait for a statement; longer than any limit of the server's */
    Wire(PostgresqlConnection connection, Duration patience) {
        this.connection = connection;
        this.patience = patience;
    }

    /** Whether the connection was still open a moment ago. */
    Mono<Boolean> isOpen() {
        return connection.validate(ValidationDepth.LOCAL);
    }

    /**
     * Runs a statement to its end and emits what {@code read} makes of its rows.
     *
     * @return errs with a {@link StoreException}; the connection is closed when it cannot be used any more
     */
    <T> Mono<List<T>> rows(String sql, Function<Row, T> read, Object... parameters) {
        return Mono.defer(() -> {
                    PostgresqlStatement statement = connection.createStatement(sql);
                    for (int i = 0; i < parameters.length; i++) {
                        statement.bind(i, parameters[i]);
                    }
                    return statement
                            .execute()
                            .concatMap(result -> result.map((row, metadata) -> read.apply(row)), 1)
                            .collectList();
                })
                .timeout(patience)
                .onErrorMap(this::failed);
    }

    /** Runs a statement to its end, whose rows do not matter. */
    Mono<Void> run(String sql, Object... parameters) {
        return rows(sql, row -> true, parameters).then();
    }

    /** Closes the connection without waiting. */
    void cut() {
        close().subscribe(closed -> {}, failure -> LOG.debug("closing a connection failed", failure));
    }

    Mono<Void> close() {
        return connection.close();
    }

    private StoreException failed(Throwable failure) {
        if (Failures.endsSession(failure)) {
            cut();
        }
        return Failures.sent(failure);
    }
}
