package io.tributary.service;

import io.tributary.service.embedded.EmbeddedPostgresServer;
import io.tributary.service.embedded.EmbeddedServers;
import io.tributary.service.start.Patience;
import io.tributary.service.start.Patience.Awaited;
import io.tributary.service.start.RefusedStartException;
import io.tributary.service.store.postgres.PostgresSchema;
import io.tributary.service.store.postgres.PostgresSettings;
import io.tributary.service.store.postgres.PostgresStore;
import java.sql.SQLException;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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

    /** The store, its tables made ready. Blocks until PostgreSQL has answered, or the patience is over. */
    PostgresStore store(int lanes, Patience patience) {
        patience.await(database(), prepared(lanes), PostgresSchema::isAway)
                .onErrorMap(SQLException.class, this::refused)
                .onErrorMap(FlywayException.class, this::refused)
                .block();
        return new PostgresStore(postgres);
    }

    private Mono<Void> prepared(int lanes) {
        return Mono.<Void>fromCallable(() -> {
                    new PostgresSchema(postgres).prepare(lanes);
                    return null;
                })
                .subscribeOn(Schedulers.boundedElastic());
    }

    private RefusedStartException refused(Throwable failure) {
        return new RefusedStartException(
                "PostgreSQL at " + postgres.address() + " cannot be used: " + failure.getMessage(),
                "Check tributary.postgres.url, tributary.postgres.username and tributary.postgres.password, and that this"
                        + " user may create the schema " + postgres.schema() + ".",
                failure);
    }

    Awaited database() {
        return new Awaited(
                "PostgreSQL at " + postgres.address(), "Start it, or name another with tributary.postgres.url.");
    }

    Awaited broker() {
        return new Awaited(
                "Kafka at " + bootstrapServers,
                "Start it, or correct tributary.kafka.bootstrap-servers and tributary.kafka.properties. An instance that"
                        + " owns all lanes (tributary.ownership=all) starts without it.");
    }

    @Override
    public void close() {
        embedded.close();
    }
}
