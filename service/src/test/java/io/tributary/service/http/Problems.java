package io.tributary.service.http;

import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** What tests expect of problem details. */
final class Problems {

    private Problems() {}

    static BodyContentSpec expect(ResponseSpec response, int status, String slug) {
        return response.expectStatus()
                .isEqualTo(status)
                .expectHeader()
                .contentType("application/problem+json")
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:tributary:problem:" + slug)
                .jsonPath("$.status")
                .isEqualTo(status);
    }
}
