package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.kafka.embedded.EmbeddedKafka;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when a start must not succeed: the fault and the remedy, and no stack trace. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RefusedStartIT {

    /** A port of the loopback interface that nobody listens on. */
    private static final String NOBODY = "127.0.0.1:1";

    private final ServiceProcess service;

    @TempDir
    private Path directory;

    RefusedStartIT(@SharedService.Embedded ServiceProcess service) {
        this.service = service;
    }

    @Test
    void onADirectoryInUse() {
        assertRefused(
                new ServiceProcess("second", service.data()),
                "is in use by another running service",
                "give this one a tributary.data-dir of its own");

        try (Http http = service.http()) {
            assertThat(http.ready()).isTrue();
        }
    }

    @Test
    void withAnotherNumberOfLanesThanTheFirstStartHad() {
        service.stop();
        try {
            assertRefused(
                    new ServiceProcess("other-lanes", service.data()).with("TRIBUTARY_LANES", "8"),
                    "tributary.lanes is 8, but this database was made for 16 lanes, which cannot be changed",
                    "Start with tributary.lanes=16");
        } finally {
            service.start();
        }
    }

    @Test
    void withATopicOfFewerPartitionsThanLanes() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"));
                Topics topics = new Topics(kafka.bootstrapServers());
                Admin admin = topics.admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.CHANGES, Optional.of(3), Optional.empty())))
                    .all()
                    .get();

            assertRefused(
                    fresh("few-partitions").with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers()),
                    "Topic tributary.changes has 3 partitions",
                    "kafka-topics.sh --bootstrap-server " + kafka.bootstrapServers()
                            + " --alter --topic tributary.changes --partitions 16");
        }
    }

    @Test
    void withoutPostgres() {
        assertRefused(
                fresh("no-postgres")
                        .with("TRIBUTARY_START_PATIENCE", "1s")
                        .with("TRIBUTARY_POSTGRES_URL", "r2dbc:postgresql://" + NOBODY + "/main")
                        .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", NOBODY),
                "PostgreSQL at 127.0.0.1:1/main does not answer",
                "Start it, or name another with tributary.postgres.url");
    }

    @Test
    void withAPasswordThatPostgresRefuses() {
        assertRefused(
                fresh("wrong-password")
                        .with("TRIBUTARY_POSTGRES_URL", "r2dbc:postgresql://" + service.postgresAddress())
                        .with("TRIBUTARY_POSTGRES_USERNAME", "tributary")
                        .with("TRIBUTARY_POSTGRES_PASSWORD", "wrong")
                        .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", NOBODY),
                "cannot be used: FATAL: password authentication failed",
                "Check tributary.postgres.url, tributary.postgres.username and tributary.postgres.password");
    }

    @Test
    void withoutKafkaWhereItGivesTheLanes() {
        assertRefused(
                fresh("no-kafka")
                        .with("TRIBUTARY_START_PATIENCE", "1s")
                        .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", NOBODY),
                "Kafka at 127.0.0.1:1 does not answer",
                "correct tributary.kafka.bootstrap-servers");
    }

    @Test
    void withAKafkaThatHasNoAddress() {
        assertRefused(
                fresh("no-address")
                        .with("TRIBUTARY_START_PATIENCE", "1s")
                        .with("TRIBUTARY_POSTGRES_URL", "r2dbc:postgresql://" + NOBODY + "/main")
                        .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", "kafka.invalid:9092"),
                "Kafka at kafka.invalid:9092 does not answer: no address is known",
                "correct tributary.kafka.bootstrap-servers");
    }

    @Test
    void withoutServersInABuildThatHasNone() {
        assertRefused(
                fresh("no-servers").withoutEmbeddedServers(),
                "This build has no embedded servers",
                "Name yours with tributary.postgres.url and tributary.kafka.bootstrap-servers");
    }

    @Test
    void withoutKafkaInABuildThatHasNone() {
        assertRefused(
                fresh("no-broker")
                        .withoutEmbeddedServers()
                        .with("TRIBUTARY_POSTGRES_URL", "r2dbc:postgresql://" + NOBODY + "/main"),
                "This build has no embedded servers",
                "Name yours with tributary.postgres.url and tributary.kafka.bootstrap-servers");
    }

    @Test
    void onADirectoryThatIsAFile() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertRefused(
                new ServiceProcess("a-file", file), "could not start on " + file, "name another tributary.data-dir");
    }

    @Test
    void onAnAddressForOthersThatNobodyMeant() {
        assertRefused(
                fresh("open").with("SERVER_ADDRESS", "0.0.0.0"),
                "server.address=0.0.0.0 opens the service to other machines without authentication",
                "Say tributary.security.mode=none if that is meant");
    }

    @Test
    void withASettingThatIsNone() {
        assertRefused(
                fresh("no-lanes").with("TRIBUTARY_LANES", "0"),
                "tributary.lanes is 1 to 1024, not 0",
                "Update your application's configuration");
    }

    @Test
    void withAPropertyThatKafkaRefuses() {
        assertRefused(
                fresh("bad-client").with("TRIBUTARY_KAFKA_PROPERTIES_RECEIVE_BUFFER_BYTES", "many"),
                "Invalid value many for configuration receive.buffer.bytes",
                "Correct tributary.kafka.bootstrap-servers or tributary.kafka.properties");
    }

    private ServiceProcess fresh(String name) {
        return new ServiceProcess(name, directory.resolve(name));
    }

    private static void assertRefused(ServiceProcess start, String fault, String remedy) {
        start.launch();

        assertThat(start.awaitEnd()).isNotZero();
        assertThat(start.output())
                .containsSubsequence("Description:", fault, "Action:", remedy)
                .doesNotContain("\tat ")
                .doesNotContain("Exception encountered");
    }
}
