package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service starts before the servers that it needs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EarlyStartIT {

    private static final Duration IN_THE_END = Duration.ofMinutes(1);
    private static final String INCREMENT = "{\"increment\": {\"n\": 1}, \"upsert\": true}";
    private static final String WAITS = " does not answer; the start waits for it";

    @Test
    void comesUpWhenItsServersDo(@TempDir Path directory) throws IOException {
        try (ExternalServers servers = ExternalServers.start(directory);
                ServiceProcess service = servers.service("early-start");
                Http http = service.http()) {
            servers.postgres().stop();
            servers.stopKafka();
            service.launch();

            awaitOutput(service, "/postgres" + WAITS);
            assertThat(http.ready()).isFalse();
            servers.postgres().startAgain();
            awaitOutput(service, "Kafka at " + servers.bootstrapServers() + WAITS);
            assertThat(http.ready()).isFalse();
            servers.startKafkaAgain();
            service.awaitReady();

            // It is ready with its first lane, which need not be the document's.
            Http.Reply reply = Persistence.untilCertain(() -> http.patch("early/start", INCREMENT));
            assertThat(reply.status()).as("%s", reply).isEqualTo(201);
            assertThat(service.output().split(WAITS, -1)).hasSize(3);
        }
    }

    private static void awaitOutput(ServiceProcess service, String line) {
        await().atMost(IN_THE_END)
                .untilAsserted(() -> assertThat(service.output()).contains(line));
    }
}
