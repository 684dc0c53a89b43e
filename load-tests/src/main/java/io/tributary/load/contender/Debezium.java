package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.kafka.ChangelogLag;
import io.tributary.load.server.KafkaTopics;
import io.tributary.load.server.LogicalPostgres;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The usual design with the relay that it needs in earnest: raw SQL, on a PostgreSQL server of its own that keeps a logical
 * log, and Debezium's embedded engine that publishes the outbox.
 */
final class Debezium implements Contender {

    private static final String MAIN_CLASS = "io.tributary.load.peer.outbox.OutboxRelay";
    private static final String CHANGES = "outbox.changes";
    private static final Duration TO_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final LogicalPostgres server;
    private final RawSql rawSql;
    private final ServerProcess relay;
    private final String bootstrapServers;
    private final Optional<ServerProcess> broker;

    private Debezium(LogicalPostgres server, RawSql rawSql, ServerProcess relay, Testbed.Servers others) {
        this.server = server;
        this.rawSql = rawSql;
        this.relay = relay;
        this.bootstrapServers = others.bootstrapServers();
        this.broker = others.broker();
    }

    static Debezium start(Testbed testbed) {
        LogicalPostgres server = LogicalPostgres.start(testbed.work("debezium"));
        try {
            RawSql rawSql = RawSql.start(testbed, server.address());
            KafkaTopics.create(testbed.bootstrapServers(), CHANGES);
            return new Debezium(server, rawSql, relay(testbed, rawSql.database()), testbed.servers());
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    private static ServerProcess relay(Testbed testbed, PostgresServer database) {
        Map<String, String> environment = new HashMap<>(database.libpqVariables());
        environment.put("BOOTSTRAP_SERVERS", testbed.bootstrapServers());
        environment.put("CHANGES", CHANGES);
        ServerProcess relay = testbed.jvm().start(MAIN_CLASS, environment, testbed.log("debezium"));
        long giveUpAt = System.nanoTime() + TO_START.toNanos();
        while (!reads(database)) {
            if (!relay.handle().isAlive() || System.nanoTime() - giveUpAt > 0) {
                relay.close();
                throw new IllegalStateException("The relay does not read the log; its own: " + testbed.log("debezium"));
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return relay;
    }

    private static boolean reads(PostgresServer database) {
        return database.query("select count(*) from pg_replication_slots where active")
                .equals("1");
    }

    @Override
    public String name() {
        return rawSql.name() + " and Debezium";
    }

    @Override
    public void fill() {
        rawSql.fill();
    }

    @Override
    public OptionalLong sum() {
        return rawSql.sum();
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return rawSql.singleWrites();
    }

    @Override
    public Optional<ChangelogLag> changelog() {
        return Optional.of(new ChangelogLag(bootstrapServers, CHANGES));
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(relay);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return rawSql.postgres();
    }

    @Override
    public Optional<ServerProcess> kafka() {
        return broker;
    }

    @Override
    public void close() {
        relay.close();
        server.close();
    }
}
