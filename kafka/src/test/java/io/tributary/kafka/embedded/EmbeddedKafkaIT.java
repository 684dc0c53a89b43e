package io.tributary.kafka.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.kafka.OwnKafka;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaIT {

    @TempDir
    private Path directory;

    @Test
    void hasItsRecordsAfterAStop() {
        try (OwnKafka kafka = OwnKafka.start(directory)) {
            String topic = kafka.topic(1);
            kafka.produce(topic, 0, "a", "b");

            kafka.stop();
            kafka.startAgain();

            assertThat(kafka.readTexts(topic, 0)).containsExactly("a", "b");
        }
    }

    @Test
    void hasItsRecordsAfterItsProcessWasKilled() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String topic;
        try (BufferedReader output = process.inputReader(UTF_8)) {
            topic = output.readLine();
        } finally {
            process.destroyForcibly().waitFor();
        }

        try (OwnKafka kafka = OwnKafka.start(directory)) {
            assertThat(kafka.readTexts(topic, 0)).containsExactly("acknowledged");
        }
    }

    @Test
    void keepsItsPort() {
        String before = startAndStop();

        assertThat(startAndStop()).isEqualTo(before);
    }

    @Test
    void takesAnotherPortWhenItsOwnIsTaken() throws Exception {
        String before = startAndStop();
        int port = Integer.parseInt(before.substring(before.indexOf(':') + 1));

        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            assertThat(startAndStop()).isNotEqualTo("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void refusesADirectoryThatAnotherUses() {
        try (EmbeddedKafka first = EmbeddedKafka.start(directory)) {
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");

            assertThatExceptionOfType(DirectoryInUseException.class)
                    .isThrownBy(() -> EmbeddedKafka.start(directory))
                    .withMessage("Another embedded Kafka uses " + directory);
        }
    }

    @Test
    void flushesEachRecordBeforeItIsAcknowledged() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            assertThat(admin.describeConfigs(List.of(broker))
                            .all()
                            .get(20, TimeUnit.SECONDS)
                            .get(broker)
                            .get("log.flush.interval.messages")
                            .value())
                    .isEqualTo("1");
        }
    }

    private String startAndStop() {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory)) {
            return kafka.bootstrapServers();
        }
    }
}
