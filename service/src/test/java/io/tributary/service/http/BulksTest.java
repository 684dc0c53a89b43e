package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.write.Write;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

class BulksTest {

    private static final String PATH = "/v1/bulk";
    private static final String NDJSON = "application/x-ndjson";
    private static final String THREE = """
            {"document":"products/a","create":{"n":1}}
            {"document":"products/a","increment":{"n":1}}
            {"document":"products/missing","increment":{"n":1}}
            """;

    private final Api api = new Api();

    @Test
    void answersALineForEachLine() {
        String answers = bulk(PATH, THREE)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(NDJSON)
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(answers).endsWith("\n");
        assertThat(answers.lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"line\":1,\"status\":201,\"document\":\"products/a\""),
                        second -> assertThat(second)
                                .startsWith("{\"line\":2,\"status\":200,")
                                .contains("\"n\":2"),
                        third -> assertThat(third).startsWith("{\"line\":3,\"status\":404,\"problem\":{"));
    }

    @Test
    void writesIntoTheDatabaseThatThePathNames() {
        bulk("/v1/databases/shop/bulk", THREE).exchange().expectStatus().isOk();

        assertThat(api.writes.taken())
                .allMatch(write -> write.document().database().equals("shop"));
    }

    @Test
    void makesIdsOfTheKey() {
        bulk(PATH, THREE)
                .header("Idempotency-Key", "k")
                .exchange()
                .expectStatus()
                .isOk();

        assertThat(api.writes.taken()).extracting(Write::id).containsExactly("k/1", "k/2", "k/3");
    }

    @Test
    void answersNothingToNothing() {
        bulk(PATH, "\n").exchange().expectStatus().isOk().expectBody().isEmpty();
    }

    @Test
    void takesNothingButLinesOfJson() {
        Problems.expect(api.post(PATH, "{}"), 415, "unsupported-media-type");
    }

    @Test
    void answersWithNothingButLinesOfJson() {
        Problems.expect(bulk(PATH, THREE).header("Accept", "application/json").exchange(), 406, "not-acceptable");
    }

    private RequestHeadersSpec<?> bulk(String path, String lines) {
        return api.body(HttpMethod.POST, path, NDJSON, lines);
    }
}
