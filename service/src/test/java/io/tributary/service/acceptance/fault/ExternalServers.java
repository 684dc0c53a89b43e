package io.tributary.service.acceptance.fault;

import io.tributary.kafka.embedded.EmbeddedKafka;
import io.tributary.service.acceptance.driver.Database;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.embedded.RestartablePostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;

/** PostgreSQL and Kafka that are not the service's own, and so can go away and come back while it runs. */
public final class ExternalServers implements AutoCloseable {

    private final Path directory;
    private final RestartablePostgres postgres;
    private EmbeddedKafka kafka;

    private ExternalServers(Path directory, RestartablePostgres postgres, EmbeddedKafka kafka) {
        this.directory = directory;
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /** Starts them below a directory. */
    public static ExternalServers start(Path directory) throws IOException {
        return new ExternalServers(
                directory,
                RestartablePostgres.start(directory.resolve("postgres")),
                EmbeddedKafka.start(directory.resolve("kafka")));
    }

    /** A service that uses them, yet to be started. */
    public ServiceProcess service(String name) {
        return new ServiceProcess(name, directory.resolve("unused"))
                .with("TRIBUTARY_POSTGRES_URL", postgres.r2dbcUrl())
                .with("TRIBUTARY_POSTGRES_USERNAME", postgres.username())
                .with("TRIBUTARY_POSTGRES_PASSWORD", postgres.password())
                .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers());
    }

    /** A way to PostgreSQL that can go bad. */
    FaultProxy wayToPostgres() throws IOException {
        return FaultProxy.before(
                URI.create(postgres.jdbcUrl().substring("jdbc:".length())).getPort());
    }

    RestartablePostgres postgres() {
        return postgres;
    }

    public Database database() {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    void stopKafka() {
        kafka.close();
    }

    /** Starts the broker again, on the port that it had. */
    void startKafkaAgain() {
        kafka = EmbeddedKafka.start(directory.resolve("kafka"));
    }

    @Override
    public void close() throws IOException {
        kafka.close();
        postgres.close();
    }
}
