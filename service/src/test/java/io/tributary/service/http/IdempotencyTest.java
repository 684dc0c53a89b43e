package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class IdempotencyTest {

    private static final String PATH = "/v1/documents/products/p42";
    private static final String COLLECTION = "/v1/documents/products";

    private final Api api = new Api();

    @Test
    void makesTheKeyTheIdOfTheWrite() {
        keyed(HttpMethod.PUT, PATH, "{}", "k-1");

        assertThat(api.writes.last().id()).isEqualTo("k-1");
    }

    @Test
    void doesNotMarkAFirstAnswer() {
        keyed(HttpMethod.PUT, PATH, "{}", "k-1").expectHeader().doesNotExist("Idempotency-Replayed");
    }

    @Test
    void answersARepetitionLikeTheFirst() {
        keyed(HttpMethod.PUT, PATH, "{}", "k-1").expectStatus().isCreated();

        keyed(HttpMethod.PUT, PATH, "{}", "k-1")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", PATH)
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void answersARepeatedRefusalLikeTheFirst() {
        keyed(HttpMethod.PATCH, PATH, "{\"set\":{\"a\":1}}", "k-1")
                .expectStatus()
                .isNotFound();

        keyed(HttpMethod.PATCH, PATH, "{\"set\":{\"a\":1}}", "k-1")
                .expectStatus()
                .isNotFound()
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void answersARepeatedDeleteLikeTheFirst() {
        api.store.put("products/p42", "{}");
        delete("k-1").expectStatus().isNoContent();

        delete("k-1")
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Tributary-Version", "2")
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void findsTheDocumentThatAFirstPostMade() {
        var first = keyed(HttpMethod.POST, COLLECTION, "{}", "k-1")
                .expectStatus()
                .isCreated()
                .returnResult(byte[].class);

        keyed(HttpMethod.POST, COLLECTION, "{}", "k-1")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .location(String.valueOf(first.getResponseHeaders().getLocation()))
                .expectHeader()
                .valueEquals("Idempotency-Replayed", "true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "tab\there", "umläut"})
    void refusesAKeyThatIsNotVisibleAscii(String key) {
        Problems.expect(keyed(HttpMethod.PUT, PATH, "{}", key), 400, "malformed");
    }

    @Test
    void refusesAKeyOf256Characters() {
        Problems.expect(keyed(HttpMethod.PUT, PATH, "{}", "k".repeat(256)), 400, "malformed");
    }

    @Test
    void takesAKeyOf255Characters() {
        keyed(HttpMethod.PUT, PATH, "{}", "k".repeat(255)).expectStatus().isCreated();
    }

    @Test
    void refusesTwoKeys() {
        var response = api.json(HttpMethod.PUT, PATH, "{}")
                .header("Idempotency-Key", "k-1", "k-2")
                .exchange();

        Problems.expect(response, 400, "malformed");
    }

    private ResponseSpec keyed(HttpMethod method, String path, String body, String key) {
        return api.json(method, path, body).header("Idempotency-Key", key).exchange();
    }

    private ResponseSpec delete(String key) {
        return api.request(HttpMethod.DELETE, PATH)
                .header("Idempotency-Key", key)
                .exchange();
    }
}
