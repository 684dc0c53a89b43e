package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Jobs that change all documents of a collection are interrupted half-way, by a stop and by a crash, and go on.
 * {@code -Dtributary.acceptance.documents=100000} makes it longer.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class JobIT {

    private static final int DOCUMENTS = Integer.getInteger("tributary.acceptance.documents", 3_000);
    private static final int AT_ONCE = 500;
    private static final Duration IN_THE_END = Duration.ofMinutes(10);

    /** So that there is a half-way even with few documents. */
    private static final int RATE = Math.max(100, DOCUMENTS / 4);

    @Test
    void changesEachDocumentOnceHoweverItIsInterrupted(@TempDir Path data) {
        List<Consumer<ServiceProcess>> interruptions = List.of(ServiceProcess::stop, ServiceProcess::killWithDatabase);
        try (ServiceProcess service = new ServiceProcess("job", data).start();
                Http http = service.http()) {
            Callers.of(4).call(DOCUMENTS / AT_ONCE, number -> create(http, number));

            for (int round = 1; round <= interruptions.size(); round++) {
                String job = begin(http, round);
                await().atMost(IN_THE_END)
                        .until(() -> read(http, job).get("modified").asInt() > DOCUMENTS / 2);

                interruptions.get(round - 1).accept(service);
                service.start();

                check(http, job, round);
            }
        }
    }

    private static void create(Http http, int number) {
        String writes = IntStream.range(number * AT_ONCE, (number + 1) * AT_ONCE)
                .mapToObj(id -> "{\"document\": \"counters/" + id + "\", \"create\": {\"n\": 0}}")
                .collect(Collectors.joining(","));
        String batch = "{\"writes\": [" + writes + "]}";
        assertThat(Persistence.untilCertain(
                                () -> http.postPath("/v1/batch", batch, "Idempotency-Key", "create-" + number))
                        .status())
                .isEqualTo(200);
    }

    /** Each round's filter stops holding for a document that the round has changed. */
    private static String begin(Http http, int round) {
        String update = """
                {"collection": "counters", "where": {"n": %d}, "increment": {"n": 1}, "rate": %d}
                """.formatted(round - 1, RATE);
        Http.Reply reply = http.postPath("/v1/update-by-query", update, "Idempotency-Key", "round-" + round);
        assertThat(reply.status()).as("%s", reply).isEqualTo(202);
        return reply.header("Location").orElseThrow();
    }

    private static JsonNode read(Http http, String job) {
        return Persistence.untilCertain(() -> http.getPath(job)).json();
    }

    private static void check(Http http, String job, int round) {
        long start = System.nanoTime();
        await().atMost(IN_THE_END)
                .until(() -> !read(http, job).get("state").asString().equals("running"));
        JsonNode ended = read(http, job);
        System.out.println("round " + round + " ended " + Duration.ofNanos(System.nanoTime() - start)
                + " after the start: " + ended);
        assertThat(ended.get("state").asString()).isEqualTo("succeeded");
        assertThat(ended.get("matched").asInt()).isEqualTo(DOCUMENTS);
        assertThat(ended.get("modified").asInt()).isEqualTo(DOCUMENTS);
        assertThat(ended.get("progress").get("scanned").asInt()).isEqualTo(DOCUMENTS);
        assertThat(ended.get("failures").size()).isZero();
        assertThat(counters(http)).isEqualTo(Map.of(round, DOCUMENTS));
    }

    /** How many documents have which count. */
    private static Map<Integer, Integer> counters(Http http) {
        Map<Integer, Integer> counters = new HashMap<>();
        String cursor = "";
        do {
            String path = "/v1/documents/counters?limit=1000" + cursor;
            JsonNode page = Persistence.untilCertain(() -> http.getPath(path)).json();
            page.get("documents")
                    .forEach(document -> counters.merge(document.at("/data/n").asInt(), 1, Integer::sum));
            cursor = page.has("cursor") ? "&cursor=" + page.get("cursor").asString() : "";
        } while (!cursor.isEmpty());
        return counters;
    }
}
