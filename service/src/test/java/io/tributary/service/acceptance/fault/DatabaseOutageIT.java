package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PostgreSQL goes away under load and comes back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DatabaseOutageIT {

    private static final Duration IN_THE_END = Duration.ofMinutes(2);
    private static final int WRITES = 1_500;
    private static final int RECORDS = 300;

    private ExternalServers servers;
    private ServiceProcess service;
    private Http http;
    private Topics topics;

    /** How PostgreSQL goes away. */
    enum Outage {
        STOPPED_IN_GOOD_ORDER {
            @Override
            void begin(ExternalServers servers) throws IOException {
                servers.postgres().stop();
            }

            @Override
            void end(ExternalServers servers) throws IOException {
                servers.postgres().startAgain();
            }
        },
        KILLED {
            @Override
            void begin(ExternalServers servers) throws IOException {
                servers.postgres().crash();
            }

            @Override
            void end(ExternalServers servers) throws IOException {
                servers.postgres().startAgain();
            }
        },
        FROZEN {
            @Override
            void begin(ExternalServers servers) throws IOException, InterruptedException {
                servers.postgres().freeze();
            }

            @Override
            void end(ExternalServers servers) throws IOException, InterruptedException {
                servers.postgres().thaw();
            }
        };

        abstract void begin(ExternalServers servers) throws IOException, InterruptedException;

        abstract void end(ExternalServers servers) throws IOException, InterruptedException;
    }

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        servers = ExternalServers.start(directory);
        service = servers.service("database-outage").start();
        http = service.http();
        topics = service.topics();
    }

    @AfterAll
    void stop() throws IOException {
        topics.close();
        http.close();
        service.close();
        servers.close();
    }

    @ParameterizedTest
    @EnumSource
    void losesAndDoublesNothing(Outage outage) throws Exception {
        String prefix = "outage-" + outage.ordinal();
        CountedLoad load = new CountedLoad(prefix, http, topics, WRITES, RECORDS);
        try (Changelog changelog = topics.changesFromNow()) {
            CompletableFuture<Void> calls = load.begin();
            await().atMost(IN_THE_END).until(() -> load.answered() > WRITES / 4);

            outage.begin(servers);
            await().atMost(IN_THE_END).until(() -> http.readiness() == 503);
            Http.Reply refused = http.patch(prefix + "/refused", CountedLoad.INCREMENT);
            CompletableFuture<Void> records = load.sendRecords();
            outage.end(servers);

            assertThat(refused.status()).as("%s", refused).isEqualTo(503);
            assertThat(refused.problem()).isEqualTo("unavailable");
            assertThat(refused.header("Retry-After")).isPresent();
            await().atMost(IN_THE_END).until(http::ready);
            calls.join();
            records.join();
            load.check(changelog);
            assertThat(http.get(prefix + "/refused").status()).isEqualTo(404);
        }
    }

    @Test
    void nothingIsLostWhenAllSessionsAreEndedAgainAndAgain() {
        CountedLoad load = new CountedLoad("sessions", http, topics, WRITES, RECORDS);
        try (Changelog changelog = topics.changesFromNow()) {
            CompletableFuture<Void> calls = load.begin();
            CompletableFuture<Void> records = load.sendRecords();
            for (int share = 1; share < 6; share++) {
                int reached = WRITES / 6 * share;
                await().atMost(IN_THE_END).until(() -> load.answered() > reached);
                assertThat(servers.database().terminateConnections()).isPositive();
            }
            calls.join();
            records.join();
            load.check(changelog);
        }
    }
}
