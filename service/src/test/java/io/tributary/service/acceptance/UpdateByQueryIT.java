package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** All documents that match are changed, each alone. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UpdateByQueryIT {

    private static final String PATH = "/v1/update-by-query";
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final int MANY = 1_500;

    private final Http http;

    UpdateByQueryIT(ServiceProcess service) {
        http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void aSmallOneTellsWhatBecameOfEachDocument() {
        create("small", 10);

        JsonNode report = update("""
                {"collection": "small", "where": {"n": {"gte": 3}}, "increment": {"n": 100}, "orderBy": "-n", "limit": 2}
                """);

        assertThat(report.get("modified").asInt()).isEqualTo(2);
        assertThat(report.at("/results/0/document").asString()).isEqualTo("small/d9");
        assertThat(report.at("/results/1/document").asString()).isEqualTo("small/d8");
        assertThat(http.data("small/d9").get("n").asInt()).isEqualTo(109);
        assertThat(http.data("small/d7").get("n").asInt()).isEqualTo(7);
    }

    @Test
    void aRepetitionGetsTheFirstAnswerAndChangesNothing() {
        create("queue", 10);
        String next =
                "{\"collection\": \"queue\", \"where\": {\"n\": {\"lt\": 1000}}, \"increment\": {\"n\": 1000}, \"limit\": 3}";

        Http.Reply first = http.postPath(PATH, next, "Idempotency-Key", "take-three");
        Http.Reply again = http.postPath(PATH, next, "Idempotency-Key", "take-three");

        assertThat(first.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(update(
                                "{\"collection\": \"queue\", \"where\": {\"n\": {\"gte\": 1000}}, \"set\": {}, \"limit\": 100}")
                        .get("matched")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aLargeOneDeletesAsAJob() {
        create("large", MANY);

        Http.Reply reply = http.postPath(
                PATH,
                "{\"collection\": \"large\", \"where\": {\"n\": {\"gte\": 10}}, \"delete\": true}",
                "Prefer",
                "wait=60");

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.json().get("modified").asInt()).isEqualTo(MANY - 10);
        assertThat(http.getPath("/v1/documents/large").json().get("documents").size())
                .isEqualTo(10);
        JsonNode job =
                http.getPath("/v1/jobs/" + reply.json().get("job").asString()).json();
        assertThat(job.get("state").asString()).isEqualTo("succeeded");
    }

    @Test
    void nothingIsChangedWhenTooManyMatch() {
        create("guarded", 10);

        Http.Reply reply = http.postPath(
                PATH, "{\"collection\": \"guarded\", \"where\": {}, \"all\": true, \"delete\": true, \"max\": 9}");

        assertThat(reply.problem()).isEqualTo("too-many");
        assertThat(http.get("guarded/d0").status()).isEqualTo(200);
    }

    @Test
    void aJobEndsWhenItIsCancelled() {
        create("slow", 100);
        String job = http.postPath(
                        PATH,
                        "{\"collection\": \"slow\", \"where\": {}, \"all\": true, \"increment\": {\"n\": 1}, \"rate\": 1}")
                .header("Location")
                .orElseThrow();
        await().atMost(SOON).until(() -> http.getPath(job).json().get("matched").asInt() > 0);

        assertThat(http.deletePath(job).json().get("state").asString()).isEqualTo("cancelled");

        assertThat(http.getPath(job).json().get("matched").asInt()).isLessThan(100);
        assertThat(http.getPath("/v1/jobs").body()).contains("\"state\":\"cancelled\"");
    }

    private JsonNode update(String update) {
        Http.Reply reply = http.postPath(PATH, update);
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.json();
    }

    private void create(String collection, int documents) {
        int batches = (documents + 499) / 500;
        Callers.of(2).call(batches, batch -> {
            String writes = IntStream.range(batch * 500, Math.min(documents, (batch + 1) * 500))
                    .mapToObj(n -> "{\"document\": \"%s/d%d\", \"replace\": {\"n\": %d}}".formatted(collection, n, n))
                    .collect(Collectors.joining(","));
            assertThat(http.postPath("/v1/batch", "{\"writes\": [" + writes + "]}")
                            .status())
                    .isEqualTo(200);
        });
    }
}
