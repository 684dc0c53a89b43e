package io.tributary.service.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class MethodsTest {

    private final Api api = new Api();

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void refusesToChangeAWholeCollection(String method) {
        var response = api.request(HttpMethod.valueOf(method), "/v1/documents/products")
                .exchange();

        response.expectHeader().valueEquals("Allow", "GET, HEAD, POST, OPTIONS");
        Problems.expect(response, 405, "method-not-allowed");
    }

    @Test
    void refusesToPostToADocument() {
        var response = api.post("/v1/documents/products/p42", "{}");

        response.expectHeader().valueEquals("Allow", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS");
        Problems.expect(response, 405, "method-not-allowed");
    }

    @Test
    void refusesToGetAQuery() {
        var response = api.get("/v1/query");

        response.expectHeader().valueEquals("Allow", "POST, OPTIONS");
        Problems.expect(response, 405, "method-not-allowed");
    }

    @Test
    void tellsWhatADocumentTakes() {
        api.request(HttpMethod.OPTIONS, "/v1/documents/products/p42")
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Allow", "GET, HEAD, PUT, PATCH, DELETE, OPTIONS")
                .expectHeader()
                .valueEquals(
                        "Accept-Patch", "application/json, application/merge-patch+json, application/json-patch+json");
    }

    @Test
    void answersHeadLikeGetButWithoutTheBody() {
        api.store.put("products/p42", "{\"stock\":1}");
        byte[] body = api.get("/v1/documents/products/p42")
                .expectBody()
                .returnResult()
                .getResponseBodyContent();

        api.request(HttpMethod.HEAD, "/v1/documents/products/p42")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectHeader()
                .contentLength(body.length)
                .expectBody()
                .isEmpty();
    }

    @Test
    void answersHeadOfAMissingDocumentWithoutABody() {
        api.request(HttpMethod.HEAD, "/v1/documents/products/p42")
                .exchange()
                .expectStatus()
                .isNotFound()
                .expectBody()
                .isEmpty();
    }
}
