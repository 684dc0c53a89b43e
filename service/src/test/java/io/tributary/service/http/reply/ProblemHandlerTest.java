package io.tributary.service.http.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.ProblemType;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.store.StoreException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import reactor.test.StepVerifier;

class ProblemHandlerTest {

    private final ProblemHandler handler = new ProblemHandler();
    private final MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/anything"));

    @ParameterizedTest
    @CsvSource({
        "400, malformed",
        "404, not-found",
        "405, method-not-allowed",
        "406, not-acceptable",
        "413, request-too-large",
        "415, unsupported-media-type",
        "418, malformed",
        "500, internal",
        "503, internal",
    })
    void translatesWhatTheFrameworkRefuses(int status, String slug) {
        answer(new ResponseStatusException(HttpStatusCode.valueOf(status), "a reason of the framework"));

        assertThat(body()).contains("\"urn:tributary:problem:" + slug + "\"");
    }

    @Test
    void saysThatItIsAProblem() {
        answer(new ResponseStatusException(HttpStatusCode.valueOf(404)));

        assertThat(response().getStatusCode()).isEqualTo(HttpStatusCode.valueOf(404));
        assertThat(response().getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void keepsTheHeadersOfWhatTheFrameworkRefuses() {
        answer(new MethodNotAllowedException(HttpMethod.PUT, List.of(HttpMethod.GET)));

        assertThat(response().getHeaders().getFirst("Allow")).isEqualTo("GET");
    }

    @Test
    void keepsTheHeadersOfARefusal() {
        answer(Refusal.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "no").with("Accept-Post", "application/json"));

        assertThat(response().getHeaders().getFirst("Accept-Post")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 429", "UNAVAILABLE, 503", "QUERY_TIMEOUT, 503"})
    void tellsWhenToComeBack(ProblemType type, int status) {
        answer(Refusal.of(type, "later"));

        assertThat(response().getStatusCode()).isEqualTo(HttpStatusCode.valueOf(status));
        assertThat(response().getHeaders().getFirst("Retry-After")).isEqualTo("1");
    }

    @Test
    void takesAStoreThatRefusesAReadForAFaultOfTheService() {
        answer(new StoreException(StoreException.Kind.REFUSED, "invalid byte sequence", null));

        assertThat(body()).contains("internal").doesNotContain("byte sequence");
    }

    @Test
    void givesAnIdToFindAFaultInTheLogBy() {
        answer(new NullPointerException("a secret"));

        assertThat(body()).containsPattern("[0-9a-f]{8}-[0-9a-f]{4}").doesNotContain("secret");
    }

    @Test
    void doesNotTakeALostStoreForALostClient() {
        answer(new StoreException(StoreException.Kind.AWAY, "away", new IOException("Connection reset by peer")));

        assertThat(body()).contains("urn:tributary:problem:unavailable");
    }

    @Test
    void leavesAResponseAloneThatIsUnderWay() {
        exchange.getResponse().setComplete().block(Duration.ofSeconds(5));

        StepVerifier.create(handler.handle(exchange, new IllegalStateException("late")))
                .expectErrorMessage("late")
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void answersNobodyWhenTheClientHasLeft() {
        answer(new IOException("Broken pipe"));

        assertThat(response().isCommitted()).isFalse();
    }

    private void answer(Throwable error) {
        handler.handle(exchange, error).block(Duration.ofSeconds(5));
    }

    private MockServerHttpResponse response() {
        return exchange.getResponse();
    }

    private String body() {
        return String.valueOf(response().getBodyAsString().block(Duration.ofSeconds(5)));
    }
}
