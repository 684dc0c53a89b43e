package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import reactor.core.publisher.Flux;

class RequestsTest {

    private static final String PATH = "/v1/documents/products/p42";

    private final Api api = new Api();

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/documents/products/p42?where=%7B%7D",
        "GET, /v1/documents/products?filter=%7B%7D",
        "GET, /v1?verbose=true",
        "GET, /openapi.json?pretty=true",
        "DELETE, /v1/documents/products/p42?force=true",
        "DELETE, /v1/documents/products/p42?fields=a",
        "GET, /v1/documents/products/p42?=x",
        "GET, /v1/documents/products/p42?Fields=a",
    })
    void refusesAParameterThatItDoesNotKnow(String method, String path) {
        Problems.expect(api.request(HttpMethod.valueOf(method), path).exchange(), 400, "unknown-parameter");
    }

    @Test
    void namesTheParameterThatItDoesNotKnow() {
        Problems.expect(api.put(PATH + "?upsert=true", "{}"), 400, "unknown-parameter")
                .jsonPath("$.detail")
                .value(
                        String.class,
                        detail -> assertThat(detail).contains("\"upsert\"").contains("where"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fields=a&fields=b", "fields=a&%66ields=b", "fields=a&fields=a"})
    void refusesAParameterThatIsGivenTwice(String query) {
        Problems.expect(api.get(PATH + "?" + query), 400, "bad-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fields=%FF", "fields=%C3"})
    void refusesAParameterThatIsNoUtf8(String query) {
        Problems.expect(api.get(PATH + "?" + query), 400, "bad-value");
    }

    @Test
    void takesAPlusInAParameterForABlank() {
        api.store.put("products/p42", "{\"a b\":1}");

        api.get(PATH + "?fields=%60a+b%60")
                .expectBody()
                .jsonPath("$.data['a b']")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json;charset=latin1", "text/json"})
    void refusesABodyOfAnotherMediaType(String mediaType) {
        var response = api.body(HttpMethod.PATCH, PATH, mediaType, "{}").exchange();

        response.expectHeader()
                .valueEquals(
                        "Accept-Patch", "application/json, application/merge-patch+json, application/json-patch+json");
        Problems.expect(response, 415, "unsupported-media-type");
    }

    @Test
    void refusesABodyWithoutAMediaType() {
        Problems.expect(api.request(HttpMethod.PUT, PATH).exchange(), 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/documents/products", "/v1/query"})
    void namesWhatAPostTakes(String path) {
        var response = api.body(HttpMethod.POST, path, "text/plain", "{}").exchange();

        response.expectHeader().valueEquals("Accept-Post", "application/json");
        Problems.expect(response, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=UTF-8", "application/json; charset=utf-8", "Application/JSON"})
    void takesJsonHoweverItIsNamed(String mediaType) {
        api.body(HttpMethod.PUT, PATH, mediaType, "{}")
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void refusesACompressedBody() {
        var response = api.json(HttpMethod.PUT, PATH, "{}")
                .header("Content-Encoding", "gzip")
                .exchange();

        Problems.expect(response, 415, "unsupported-media-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "application/json;q=0, */*", "image/*, text/*"})
    void refusesACallerThatTakesNoJson(String accept) {
        Problems.expect(accepting(accept), 406, "not-acceptable");
    }

    @Test
    void writesNothingForACallerThatTakesNoJson() {
        api.json(HttpMethod.PUT, PATH, "{}").header("Accept", "text/html").exchange();

        assertThat(api.writes.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "text/html, */*;q=0.1", "application/json", "text/html,application/json"
            })
    void answersACallerThatTakesJson(String accept) {
        api.store.put("products/p42", "{}");

        accepting(accept).expectStatus().isOk();
    }

    @Test
    void refusesABodyThatIsAnnouncedAsTooLarge() {
        Api small = new Api(Limits.DEFAULT.withRequestBytes(10));

        var response = small.put(PATH, "{\"stock\":123}");

        response.expectHeader().valueEquals("Connection", "close");
        Problems.expect(response, 413, "request-too-large");
    }

    @Test
    void refusesABodyThatGrowsTooLargeOnItsWay() {
        Api small = new Api(Limits.DEFAULT.withRequestBytes(10));

        var response = small.request(HttpMethod.PUT, PATH)
                .contentType(MediaType.APPLICATION_JSON)
                .body(Flux.just("{\"st", "ock\":", "123}"), String.class)
                .exchange();

        Problems.expect(response, 413, "request-too-large");
        assertThat(small.writes.taken()).isEmpty();
    }

    @Test
    void takesABodyAtTheLimit() {
        Api small = new Api(Limits.DEFAULT.withRequestBytes(10));

        small.put(PATH, "{\"a\":1234}").expectStatus().isCreated();
    }

    @Test
    void saysWhatThereIs() {
        api.get("/v1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.version")
                .isEqualTo("1.2.3")
                .jsonPath("$.links.openapi")
                .isEqualTo("/openapi.json")
                .jsonPath("$.links.document")
                .isEqualTo("/v1/documents/{collection}/{id}");
    }

    private ResponseSpec accepting(String accept) {
        return api.request(HttpMethod.GET, PATH).header("Accept", accept).exchange();
    }
}
