package io.tributary.service;

import io.tributary.service.embedded.EmbeddedPostgresServer;
import io.tributary.service.embedded.EmbeddedServers;
import io.tributary.service.start.Patience;
import io.tributary.service.start.Patience.Awaited;
import io.tributary.service.start.RefusedStartException;
import io.tributary.service.store.postgres.PostgresSchema;
import io.tributary.service.store.postgres.PostgresSettings;
import io.tributary.service.store.postgres.PostgresStore;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
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

    /** Starts those that are not named. Blocks until the brokers' address is known, or the patience is over. */
    static Servers of(TributarySettings settings, Patience patience) {
        TributarySettings.Postgres named = settings.postgres();
        String kafka = settings.kafka().bootstrapServers();
        if (kafka != null) {
            awaitAddress(kafka, patience);
        }
        EmbeddedServers embedded = EmbeddedServers.start(settings.dataDir(), named.url() == null, kafka == null);
        return new Servers(
                postgres(named, embedded.postgres()),
                kafka != null ? kafka : required(embedded.kafka()).bootstrapServers(),
                embedded);
    }

    /** No client can be made before. Where containers have names, one that is not started has no address. */
    private static void awaitAddress(String brokers, Patience patience) {
        Mono<Boolean> known = Mono.fromCallable(() -> {
            if (Stream.of(brokers.split(",")).noneMatch(Servers::hasAddress)) {
                throw new UnknownHostException("no address is known for that name");
            }
            return true;
        });
        patience.await(
                        new Awaited("Kafka at " + brokers, "Start it, or correct tributary.kafka.bootstrap-servers."),
                        known.subscribeOn(Schedulers.boundedElastic()),
                        UnknownHostException.class::isInstance)
                .block();
    }

    /** What cannot be one is left to the clients, who say so. */
    private static boolean hasAddress(String broker) {
        String host = Utils.getHost(broker.strip());
        try {
            return host == null || InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException unknown) {
            return false;
        }
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
