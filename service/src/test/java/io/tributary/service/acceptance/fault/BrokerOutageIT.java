package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Kafka goes away and comes back. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BrokerOutageIT {

    private static final Duration IN_THE_END = Duration.ofMinutes(2);
    private static final int WRITES = 500;
    private static final String INCREMENT = "{\"increment\": {\"n\": 1}, \"upsert\": true}";

    private ExternalServers servers;
    private ServiceProcess service;
    private Http http;
    private Topics topics;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        servers = ExternalServers.start(directory);
        service = servers.service("broker-outage").start();
        http = service.http();
        topics = service.topics();
    }

    @AfterEach
    void stop() throws IOException {
        topics.close();
        http.close();
        service.close();
        servers.close();
    }

    @Test
    void writesGoOnAndTheirChangesFollowInOrder() {
        try (Changelog changelog = topics.allChanges()) {
            write();
            topics.send(Topics.update("broker/record", INCREMENT));

            servers.stopKafka();
            write();
            assertThat(http.ready()).isTrue();
            servers.startKafkaAgain();
            write();
            topics.send(Topics.update("broker/record", INCREMENT));

            awaitAll(changelog);
            await().atMost(IN_THE_END)
                    .untilAsserted(
                            () -> assertThat(http.data("broker/record").get("n").asInt())
                                    .isEqualTo(2));
        }
    }

    @Test
    void changesSurviveTheServiceToo() {
        try (Changelog changelog = topics.allChanges()) {
            write();
            servers.stopKafka();
            write();
            service.kill();
            servers.startKafkaAgain();
            service.start();
            write();

            awaitAll(changelog);
        }
    }

    private void write() {
        Callers.of(16).call(WRITES, number -> {
            Http.Reply reply = Persistence.untilCertain(() -> http.patch("broker/" + number % 20, INCREMENT));
            assertThat(reply.status()).as("%s", reply).isIn(200, 201);
        });
    }

    private static void awaitAll(Changelog changelog) {
        await().atMost(IN_THE_END).untilAsserted(() -> {
            for (int document = 0; document < 20; document++) {
                String key = "broker/" + document;
                assertThat(changelog.changes())
                        .filteredOn(change -> change.document().equals(key))
                        .extracting(Changelog.Change::version)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, 3 * WRITES / 20)
                                .boxed()
                                .toList());
            }
        });
    }
}
