package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.Limits;
import io.tributary.name.DocumentName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {

    private final Api api = new Api();

    @ParameterizedTest
    @CsvSource({
        "/v1/documents/products/p42, products/p42",
        "/v1/documents/cities/SF/landmarks/bridge, cities/SF/landmarks/bridge",
        "/v1/documents/products/a%20b, products/a b",
        "/v1/documents/products/%C3%A9, products/é",
        "/v1/documents/products/%F0%9F%98%80, products/😀",
        "/v1/documents/products/a%3Bb, products/a;b",
        "/v1/documents/products/a+b, products/a+b",
        "/v1/documents/products/50%25, products/50%",
        "/v1/documents/products/a%252Fb, products/a%2Fb",
    })
    void namesADocumentByItsDecodedSegments(String path, String name) {
        api.put(path, "{}").expectStatus().isCreated();

        assertThat(api.writes.last().document()).isEqualTo(DocumentName.of(name));
    }

    @Test
    void namesADocumentOfAnotherDatabase() {
        api.put("/v1/databases/shop/documents/products/p42", "{}")
                .expectStatus()
                .isCreated();

        assertThat(api.writes.last().document()).isEqualTo(DocumentName.of("shop", "products/p42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/documents/products/",
                "/v1/documents//p42",
                "/v1/documents/products/p42/",
                "/v1/documents/",
                "/v1/",
                "/v1/documents/products/a%2Fb",
                "/v1/documents/products/a%2fb",
                "/v1/documents/products/p42;v=1",
                "/v1/documents/products;x/p42",
                "/v1/documents/products/;",
                "/v1/documents/products/%FF",
                "/v1/documents/products/%C3",
                "/v1/documents/products/%ED%A0%80",
                "/v1/documents/products/%00",
                "/v1/documents/products/a%00b",
                "/v1/documents/products/..",
                "/v1/documents/products/%2E%2E",
                "/v1/documents/products/.",
                "/v1/documents/products/__all__",
                "/v1/databases/no%20name/documents/products/p42",
            })
    void refusesAPathThatDoesNotNameOneThingSafely(String path) {
        Problems.expect(api.get(path), 400, "bad-path");
    }

    @Test
    void refusesAnIdOfMoreThan1500Bytes() {
        Problems.expect(api.get("/v1/documents/products/" + "x".repeat(1_501)), 400, "bad-path");
    }

    @Test
    void writesNothingWithALongerNameThanConfigured() {
        Api small = new Api(Limits.DEFAULT.withNameBytes("products/p42".length()));

        small.put("/v1/documents/products/p42", "{}").expectStatus().isCreated();
        Problems.expect(small.put("/v1/documents/products/p421", "{}"), 400, "bad-path");
        Problems.expect(small.post("/v1/documents/products", "{}"), 400, "bad-path");
        Problems.expect(small.delete("/v1/documents/products/p421"), 400, "bad-path");
    }

    /** It may have been written before the limit was lowered. */
    @Test
    void readsWhatHasALongerNameThanConfigured() {
        Api small = new Api(Limits.DEFAULT.withNameBytes(1));
        small.store.put("products/p42", "{}");

        small.get("/v1/documents/products/p42").expectStatus().isOk();
    }

    @Test
    void refusesAnEmptySegmentOnADeleteToo() {
        Problems.expect(api.delete("/v1/documents/products/"), 400, "bad-path");

        assertThat(api.writes.taken()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/v1/documents", "/v1/databases/shop", "/v1/databases", "/v1/query/more"})
    void hintsAtTheRightPathWhereThereIsNothing(String path) {
        Problems.expect(api.get(path), 404, "not-found")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).contains("/v1/documents/{collection}/{id}"));
    }
}
