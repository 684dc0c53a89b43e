package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.BulkCall;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Bulks over real connections. */
@ExtendWith(SharedService.class)
class BulkIT {

    private static final int LINES = 4_000;
    private static final int DOCUMENTS = 20;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void appliesEachLineOnceAndAnswersInOrder(ServiceProcess service) {
        List<String> increments = IntStream.range(0, LINES)
                .mapToObj(line -> "{\"document\":\"bulks/%d\",\"increment\":{\"n\":1},\"upsert\":true}"
                        .formatted(line % DOCUMENTS))
                .toList();
        try (Http http = service.http()) {
            List<JsonNode> first = answers(http.bulk(increments, "Idempotency-Key", "of-bulk"));
            List<JsonNode> second = answers(http.bulk(increments, "Idempotency-Key", "of-bulk"));

            assertThat(first)
                    .extracting(answer -> answer.path("line").asInt())
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, LINES).boxed().toList());
            assertThat(first)
                    .extracting(answer -> answer.path("version").asInt())
                    .containsExactlyElementsOf(IntStream.range(0, LINES)
                            .mapToObj(line -> line / DOCUMENTS + 1)
                            .toList());
            assertThat(second).isEqualTo(first);
            assertThat(http.data("bulks/0").get("n").asInt()).isEqualTo(LINES / DOCUMENTS);
        }
    }

    @Test
    void answersWhileTheBodyIsStillOnItsWay(ServiceProcess service) {
        try (BulkCall bulk = service.bulk()) {
            bulk.send("{\"document\":\"bulk-turns/a\",\"repl").send("ace\":{}}\n");
            assertThat(bulk.answer()).startsWith("{\"line\":1,\"status\":201,");

            bulk.send("{\"document\":\"bulk-turns/a\",\"increment\":{\"n\":1}}\nnonsense\n");
            assertThat(bulk.answer()).startsWith("{\"line\":2,\"status\":200,");
            assertThat(bulk.answer()).startsWith("{\"line\":3,\"status\":400,\"problem\":{");

            bulk.send("{\"document\":\"bulk-turns/a\",\"delete\":true}").end();
            assertThat(bulk.answer()).startsWith("{\"line\":4,\"status\":200,");
            assertThat(bulk.answer()).isNull();
        }
    }

    @Test
    void appliesABeginningOfABodyThatBreaksOff(ServiceProcess service) {
        try (BulkCall bulk = service.bulk()) {
            for (int line = 1; line <= LINES; line++) {
                bulk.send("{\"document\":\"bulk-broken/%d\",\"create\":{\"n\":%d}}\n".formatted(line, line));
            }
            assertThat(bulk.answer()).startsWith("{\"line\":1,\"status\":201,");
        }
        try (Http http = service.http()) {
            await().atMost(SOON).untilAsserted(() -> {
                JsonNode page = http.getPath("/v1/documents/bulk-broken?orderBy=-n&limit=1&total=true")
                        .json();
                int last = page.path("documents").path(0).path("data").path("n").asInt();
                assertThat(last).isPositive();
                assertThat(page.path("total").asInt()).isEqualTo(last);
            });
        }
    }

    private static List<JsonNode> answers(Http.Reply reply) {
        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        return reply.body().lines().map(JSON::readTree).toList();
    }
}
