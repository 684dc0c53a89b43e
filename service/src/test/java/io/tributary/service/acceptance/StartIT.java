package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tributary.kafka.embedded.EmbeddedKafka;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator sees of a start, and of one that must not succeed. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class StartIT {

    private static final Pattern CURL = Pattern.compile("curl --json .*\\\\\\R.*");

    private final ServiceProcess service;

    StartIT(ServiceProcess service) {
        this.service = service;
    }

    @Test
    void saysWhereEverythingListens() {
        assertThat(service.output())
                .contains("HTTP        127.0.0.1:" + service.port())
                .containsPattern("PostgreSQL  127\\.0\\.0\\.1:\\d+/postgres")
                .containsPattern("Kafka       127\\.0\\.0\\.1:\\d+");
    }

    @Test
    void printsACurlLineThatWorks() throws IOException, InterruptedException {
        assumeThat(Path.of("/usr/bin/curl")).as("curl").exists();
        Matcher curl = CURL.matcher(service.output());
        assertThat(curl.find()).isTrue();

        Process shell = new ProcessBuilder("/bin/sh", "-c", curl.group())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String answer = new String(shell.getInputStream().readAllBytes());

        assertThat(shell.waitFor()).isZero();
        assertThat(answer).contains("\"document\":\"people/ada\"").contains("\"changes\":{");
    }

    @Test
    void isRefusedOnADirectoryInUse() {
        ServiceProcess second = new ServiceProcess("second", service.data()).launch();

        assertThat(second.awaitEnd()).isNotZero();
        assertThat(second.output()).contains("is in use by another running service");
        try (Http http = service.http()) {
            assertThat(http.ready()).isTrue();
        }
    }

    @Test
    void isRefusedWithAnotherNumberOfLanesThanTheFirstStartHad() {
        service.stop();
        try {
            ServiceProcess other = new ServiceProcess("other-lanes", service.data())
                    .with("TRIBUTARY_LANES", "8")
                    .launch();

            assertThat(other.awaitEnd()).isNotZero();
            assertThat(other.output())
                    .contains("tributary.lanes is 8, but this database was made for 16 lanes, which cannot be changed");
        } finally {
            service.start();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {Topics.UPDATES, Topics.CHANGES, Topics.REJECTIONS})
    void findsAsManyPartitionsAsLanes(String topic) {
        try (Topics topics = service.topics()) {
            assertThat(topics.partitions(topic)).isEqualTo(16);
        }
    }

    @Test
    void isRefusedWithATopicOfFewerPartitionsAndTellsTheCommandThatMendsIt(@TempDir Path directory) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(directory.resolve("broker"));
                Topics topics = new Topics(kafka.bootstrapServers());
                Admin admin = topics.admin()) {
            admin.createTopics(List.of(new NewTopic(Topics.CHANGES, Optional.of(3), Optional.empty())))
                    .all()
                    .get();
            ServiceProcess refused = new ServiceProcess(
                            "few-partitions", Files.createDirectory(directory.resolve("data")))
                    .with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", kafka.bootstrapServers())
                    .launch();

            assertThat(refused.awaitEnd()).isNotZero();
            assertThat(refused.output())
                    .contains("Topic tributary.changes has 3 partitions")
                    .contains("kafka-topics.sh --bootstrap-server " + kafka.bootstrapServers()
                            + " --alter --topic tributary.changes --partitions 16");
        }
    }
}
