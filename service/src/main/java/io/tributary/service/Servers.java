package io.tributary.service;

import io.tributary.service.embedded.EmbeddedPostgresServer;
import io.tributary.service.embedded.EmbeddedServers;
import io.tributary.service.start.RefusedStartException;
import io.tributary.service.store.postgres.PostgresSchema;
import io.tributary.service.store.postgres.PostgresSettings;
import io.tributary.service.store.postgres.PostgresStore;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Where PostgreSQL and Kafka are: those that the settings name, or else embedded ones.
 *
 * @param embedded what was started here
 */
record Servers(PostgresSettings postgres, String bootstrapServers, EmbeddedServers embedded) implements AutoCloseable {

    static Servers of(TributarySettings settings) {
        TributarySettings.Postgres named = settings.postgres();
        String kafka = settings.kafka().bootstrapServers();
        EmbeddedServers embedded = EmbeddedServers.start(settings.dataDir(), named.url() == null, kafka == null);
        return new Servers(
                postgres(named, embedded.postgres()),
                kafka != null ? kafka : required(embedded.kafka()).bootstrapServers(),
                embedded);
    }

    private static PostgresSettings postgres(
            TributarySettings.Postgres named, @Nullable EmbeddedPostgresServer embedded) {
        if (named.url() != null) {
            return new PostgresSettings(named.url(), named.username(), named.password(), named.schema());
        }
        EmbeddedPostgresServer server = required(embedded);
        return new PostgresSettings(server.r2dbcUrl(), server.username(), server.password(), named.schema());
    }

    private static <T> T required(@Nullable T server) {
        if (server == null) {
            throw new IllegalStateException("an embedded server was not started");
        }
        return server;
    }

    /** Whether the broker writes through to its disk before it acknowledges. */
    boolean brokerIsDurable() {
        return embedded.kafka() != null;
    }

    /** The store, its tables made ready. */
    PostgresStore store(int lanes) {
        try {
            new PostgresSchema(postgres).prepare(lanes);
        } catch (SQLException e) {
            throw new RefusedStartException(
                    "PostgreSQL at " + postgres.address() + " cannot be used: " + e.getMessage(),
                    "Check tributary.postgres.url, tributary.postgres.username and tributary.postgres.password, and that"
                            + " this user may create the schema " + postgres.schema() + ".",
                    e);
        }
        return new PostgresStore(postgres);
    }

    @Override
    public void close() {
        embedded.close();
    }
}
