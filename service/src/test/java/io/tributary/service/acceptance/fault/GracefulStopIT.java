package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import io.tributary.service.acceptance.driver.WatchConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The service is asked to end while writes come in. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class GracefulStopIT {

    private static final Duration PROMISED = Duration.ofSeconds(30);
    private static final Duration IN_THE_END = Duration.ofMinutes(3);
    private static final int WRITES = 4_000;
    private static final int RECORDS = 1_000;
    private static final int TERMINATED = 143;

    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();

    @Test
    void endsInTimeAndLosesNothing(@TempDir Path data) {
        try (ServiceProcess service = new ServiceProcess("graceful", data).start();
                Http http = service.http();
                WatchConnection watches = service.watches();
                Topics topics = service.topics()) {
            CompletableFuture<Void> calls = Callers.of(32).begin(WRITES, number -> {
                Http.Reply reply = Persistence.untilCertain(() -> http.patch(
                        "graceful/" + number % 100,
                        "{\"append\": {\"seen\": [" + number + "]}, \"upsert\": true}",
                        "Idempotency-Key",
                        "k" + number));
                assertThat(reply.status()).as("%s", reply).isIn(200, 201);
                acknowledged.add(number);
            });
            CompletableFuture<Void> records = Callers.of(4)
                    .begin(
                            RECORDS,
                            number -> topics.send(Topics.update(
                                    "graceful/by-record-" + number % 10,
                                    "{\"id\": \"" + number + "\", \"increment\": {\"n\": 1}, \"upsert\": true}")));
            await().atMost(IN_THE_END).until(() -> acknowledged.size() > WRITES / 3);

            long begin = System.nanoTime();
            service.terminate();
            assertThat(watches.closeCode()).as("going away").isEqualTo(1001);
            int code = service.awaitEnd();
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            Set<Integer> answered = Set.copyOf(acknowledged);
            service.start();

            assertThat(code).isIn(0, TERMINATED);
            assertThat(taken).isLessThan(PROMISED);
            assertThat(seen(http)).containsAll(answered);
            calls.join();
            records.join();
            assertThat(seen(http)).hasSize(WRITES);
            try (Changelog changelog = topics.allChanges()) {
                await().atMost(IN_THE_END)
                        .untilAsserted(() ->
                                assertThat(changelog.changesOf("graceful/")).hasSize(WRITES + RECORDS));
            }
        }
    }

    /** What the documents hold. */
    private static Set<Integer> seen(Http http) {
        Set<Integer> seen = ConcurrentHashMap.newKeySet();
        Callers.of(8)
                .call(
                        100,
                        number -> http.data("graceful/" + number).get("seen").forEach(entry -> {
                            assertThat(seen.add(entry.asInt()))
                                    .as("%s once", entry)
                                    .isTrue();
                        }));
        return seen;
    }
}
