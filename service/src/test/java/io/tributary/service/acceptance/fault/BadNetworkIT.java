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
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The way between the service and PostgreSQL goes bad under load and is mended, while both run on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadNetworkIT {

    private static final Duration IN_THE_END = Duration.ofMinutes(2);
    private static final int WRITES = 1_200;
    private static final int RECORDS = 300;

    private ExternalServers servers;
    private FaultProxy way;
    private ServiceProcess service;
    private Http http;
    private Topics topics;

    /** What becomes of the way. */
    enum Fault {
        SLOW {
            @Override
            void happen(FaultProxy way, Http http, CountedLoad load) {
                int before = load.answered();
                way.delay(Duration.ofMillis(100));
                await().atMost(IN_THE_END).until(() -> load.answered() > before + 100);
            }
        },
        CUT_IN_THE_MIDST {
            @Override
            void happen(FaultProxy way, Http http, CountedLoad load) {
                for (int bytes : new int[] {10, 300, 1_000, 5_000, 20_000}) {
                    int before = way.resets();
                    way.cutAfter(bytes);
                    await().atMost(IN_THE_END).until(() -> way.resets() > before + 5);
                    way.heal();
                    await().atMost(IN_THE_END).until(http::ready);
                }
            }
        },
        HALF_OPEN {
            @Override
            void happen(FaultProxy way, Http http, CountedLoad load) {
                way.swallow();
                await().atMost(IN_THE_END).until(() -> http.readiness() == 503);
            }
        };

        abstract void happen(FaultProxy way, Http http, CountedLoad load);
    }

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        servers = ExternalServers.start(directory);
        way = servers.wayToPostgres();
        service = servers.service("bad-network")
                .with("TRIBUTARY_POSTGRES_URL", "r2dbc:postgresql://127.0.0.1:" + way.port() + "/postgres")
                .start();
        http = service.http();
        topics = service.topics();
    }

    @AfterAll
    void stop() throws IOException {
        topics.close();
        http.close();
        service.close();
        way.close();
        servers.close();
    }

    @ParameterizedTest
    @EnumSource
    void losesAndDoublesNothing(Fault fault) {
        String prefix = "network-" + fault.ordinal();
        CountedLoad load = new CountedLoad(prefix, http, topics, WRITES, RECORDS);
        try (Changelog changelog = topics.changesFromNow()) {
            CompletableFuture<Void> calls = load.begin();
            CompletableFuture<Void> records = load.sendRecords();
            await().atMost(IN_THE_END).until(() -> load.answered() > WRITES / 6);

            fault.happen(way, http, load);
            way.heal();

            calls.join();
            records.join();
            await().atMost(IN_THE_END).until(http::ready);
            load.check(changelog);
            await().atMost(IN_THE_END)
                    .untilAsserted(() -> assertThat(servers.database().connectionsForOnePurpose())
                            .isEqualTo(1));
        }
    }
}
