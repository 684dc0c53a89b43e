package io.tributary.service.http.server;

import io.tributary.service.http.reply.ProblemHandler;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

class OriginFilterTest {

    private static final String APP = "https://app.example";

    @Test
    void saysNothingToOtherOriginsByDefault() {
        client().get()
                .uri("http://localhost/")
                .header("Origin", APP)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
    }

    @Test
    void allowsAnOriginThatIsListed() {
        client(APP)
                .get()
                .uri("http://localhost/")
                .header("Origin", APP)
                .exchange()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", APP);
    }

    @Test
    void showsItsOwnHeadersToAnOriginThatIsListed() {
        client(APP)
                .get()
                .uri("http://localhost/")
                .header("Origin", APP)
                .exchange()
                .expectHeader()
                .valueMatches("Access-Control-Expose-Headers", ".*ETag.*Idempotency-Replayed.*");
    }

    @Test
    void letsAnOriginThatIsListedPatch() {
        client(APP)
                .options()
                .uri("http://localhost/")
                .header("Origin", APP)
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "If-Match, Idempotency-Key")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Headers", "If-Match, Idempotency-Key");
    }

    @Test
    void refusesAnOriginThatIsNotListed() {
        client(APP)
                .get()
                .uri("http://localhost/")
                .header("Origin", "https://evil.example")
                .exchange()
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:tributary:problem:forbidden");
    }

    private static WebTestClient client(String... allowedOrigins) {
        var filter = new OriginFilter(new HttpSettings.Cors(List.of(allowedOrigins)));
        return WebTestClient.bindToRouterFunction(RouterFunctions.route(
                        RequestPredicates.all(), request -> ServerResponse.ok().build()))
                .handlerStrategies(HandlerStrategies.builder()
                        .webFilter(filter)
                        .exceptionHandler(new ProblemHandler())
                        .build())
                .build();
    }
}
