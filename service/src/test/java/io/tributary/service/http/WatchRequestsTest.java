package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.FluxExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.test.StepVerifier;

class WatchRequestsTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String DOCUMENT = "/v1/documents/products/p42";

    private final Api api = new Api();

    @Test
    void streamsWhatThereIsAndThatItIsAll() {
        api.store.put("products/p42", "{\"stock\":1}");
        FluxExchangeResult<String> watch =
                watch("/v1/documents/products").expectStatus().isOk().returnResult(String.class);

        assertThat(watch.getResponseHeaders().getFirst("Content-Type")).isEqualTo("text/event-stream");
        assertThat(watch.getResponseHeaders().getCacheControl()).isEqualTo("no-cache");
        StepVerifier.create(watch.getResponseBody().take(2).collectList())
                .assertNext(data -> {
                    assertThat(data.getFirst()).contains("\"document\":\"products/p42\"", "\"stock\":1");
                    assertThat(data.getLast()).isEqualTo("{}");
                })
                .expectComplete()
                .verify(SOON);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                DOCUMENT + "?where=%7B%7D | unknown-parameter",
                DOCUMENT + "?fields=stock | unknown-parameter",
                DOCUMENT + "?snapshot=maybe | bad-value",
                DOCUMENT + "?lastEventId=nonsense | bad-value",
                "/v1/documents/products?where=nonsense | malformed",
                "/v1/documents/products?where=%7B%22@createdAt%22:1%7D | bad-value",
                "/v1/documents/products?orderBy=stock | unknown-parameter"
            })
    void refusesBeforeTheStreamBegins(String path, String problem) {
        Problems.expect(watch(path), 400, problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/json", "text/event-stream;q=0.5, application/json", "text/*;q=0.1, */*"})
    void readsForWhoWouldRatherHaveJson(String accept) {
        api.store.put("products/p42", "{\"stock\":1}");

        api.request(HttpMethod.GET, DOCUMENT)
                .header("Accept", accept)
                .exchange()
                .expectHeader()
                .contentType("application/json");
    }

    @Test
    void tellsWhoDoesNotAskForAWebSocketThatItIsOne() {
        ResponseSpec reply = api.get("/v1/watch").expectHeader().valueEquals("Upgrade", "websocket");

        Problems.expect(reply, 426, "upgrade-required");
    }

    @Test
    void tellsTheVersionOfItsWebSockets() {
        ResponseSpec reply = api.request(HttpMethod.GET, "/v1/databases/shop/watch")
                .header("Upgrade", "websocket")
                .header("Sec-WebSocket-Version", "99")
                .exchange();

        reply.expectHeader().valueEquals("Sec-WebSocket-Version", "13");
        Problems.expect(reply, 426, "upgrade-required");
    }

    private ResponseSpec watch(String path) {
        return api.request(HttpMethod.GET, path)
                .header("Accept", "text/event-stream")
                .exchange();
    }
}
