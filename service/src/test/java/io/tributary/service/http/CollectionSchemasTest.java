package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.change.Problem;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentSchema;
import io.tributary.value.MapValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

class CollectionSchemasTest {

    private static final String PATH = "/v1/schemas/products";
    private static final String NEEDS_A_NAME = "{\"required\": [\"name\"]}";
    private static final String NEEDS_A_PRICE = "{\"required\": [\"price\"]}";

    private final Api api = new Api();

    @Test
    void savesASchema() {
        api.put(PATH, NEEDS_A_NAME)
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.collection")
                .isEqualTo("products")
                .jsonPath("$.version")
                .isEqualTo(1)
                .jsonPath("$.schema.required[0]")
                .isEqualTo("name");
        assertThat(violation("products/p1")).isEqualTo("/name");
    }

    @Test
    void savesTheNextVersion() {
        api.put(PATH, NEEDS_A_NAME);

        api.put(PATH, NEEDS_A_PRICE).expectStatus().isOk().expectHeader().valueEquals("ETag", "\"2\"");

        assertThat(violation("products/p1")).isEqualTo("/price");
    }

    @Test
    void takesTheMediaTypeOfSchemas() {
        api.body(HttpMethod.PUT, PATH, "application/schema+json", NEEDS_A_NAME)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void givesASchemaOut() {
        api.put(PATH, NEEDS_A_NAME);

        api.get(PATH)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.schema")
                .isEqualTo(Map.of("required", List.of("name")))
                .jsonPath("$.createdAt")
                .exists();
        api.request(HttpMethod.GET, PATH)
                .header("If-None-Match", "\"1\"")
                .exchange()
                .expectStatus()
                .isNotModified();
    }

    @Test
    void listsTheSchemasOfADatabase() {
        api.put("/v1/databases/shop/schemas/products", NEEDS_A_NAME);
        api.put("/v1/databases/shop/schemas/cities/*/landmarks", NEEDS_A_NAME);

        api.get("/v1/databases/shop/schemas")
                .expectBody()
                .jsonPath("$.schemas[*].collection")
                .isEqualTo(List.of("cities/*/landmarks", "products"));
        api.get("/v1/schemas").expectBody().jsonPath("$.schemas").isEmpty();
    }

    @Test
    void deletesASchema() {
        api.put(PATH, NEEDS_A_NAME);

        api.delete(PATH).expectStatus().isNoContent();

        assertThat(schema("products/p1")).isNull();
        Problems.expect(api.get(PATH), 404, "not-found");
        Problems.expect(api.delete(PATH), 404, "not-found");
    }

    @Test
    void savesOnlyWhatFollowsOnWhatWasSeen() {
        api.put(PATH, NEEDS_A_NAME);

        Problems.expect(put("If-None-Match", "*"), 412, "condition-failed");
        Problems.expect(put("If-Match", "\"2\""), 412, "condition-failed")
                .jsonPath("$.current.version")
                .isEqualTo(1);
        put("If-Match", "\"1\"").expectStatus().isOk();
        Problems.expect(
                api.request(HttpMethod.DELETE, PATH).header("If-Match", "\"1\"").exchange(), 412, "condition-failed");
    }

    @Test
    void savesNothingThatIsNoSchema() {
        Problems.expect(api.put(PATH, "{\"type\": \"strin\"}"), 400, "bad-value")
                .jsonPath("$.pointer")
                .isEqualTo("/type");
        Problems.expect(api.get(PATH), 404, "not-found");
    }

    @Test
    void checksTheStoredDocumentsAndKeepsNothing() {
        api.store.put("products/a", "{\"name\":1}").put("products/b", "{}").put("other/c", "{}");

        api.put(PATH + "?validate=existing", NEEDS_A_NAME)
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/v1/jobs/1");

        await().untilAsserted(() -> api.get("/v1/jobs/1")
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("succeeded")
                .jsonPath("$.check.collection")
                .isEqualTo("products")
                .jsonPath("$.unchanged")
                .isEqualTo(1)
                .jsonPath("$.failed")
                .isEqualTo(1)
                .jsonPath("$.failures[0].document")
                .isEqualTo("products/b")
                .jsonPath("$.failures[0].problem.violations[0].pointer")
                .isEqualTo("/name"));
        Problems.expect(api.get(PATH), 404, "not-found");
    }

    @Test
    void checksOneCollectionByASchemaOnly() {
        Problems.expect(api.put(PATH + "?validate=all", NEEDS_A_NAME), 400, "bad-value");
        Problems.expect(api.put(PATH + "?validate=existing", "{\"type\":1}"), 400, "bad-value");
        Problems.expect(api.put("/v1/schemas/a/*/b?validate=existing", NEEDS_A_NAME), 400, "bad-value");
    }

    @Test
    void isForACollection() {
        Problems.expect(api.put("/v1/schemas/products/p1", NEEDS_A_NAME), 400, "bad-path");
    }

    @Test
    void isForOneCollectionOrForAllThatAreCalledAlike() {
        api.put("/v1/schemas/cities/*/landmarks", NEEDS_A_NAME);
        api.put("/v1/schemas/cities/SF/landmarks", NEEDS_A_PRICE);

        assertThat(violation("cities/LA/landmarks/1")).isEqualTo("/name");
        assertThat(violation("cities/SF/landmarks/1")).isEqualTo("/price");
        assertThat(schema("cities/SF")).isNull();
        Problems.expect(api.put("/v1/schemas/a/*/b/1/c", NEEDS_A_NAME), 400, "bad-path");
    }

    @Test
    void isOfItsDatabase() {
        api.put("/v1/databases/shop/schemas/products", NEEDS_A_NAME);

        assertThat(schema("products/p1")).isNull();
        assertThat(api.schemas.of(DocumentName.of("shop", "products/p1"))).isNotNull();
    }

    private WebTestClient.ResponseSpec put(String header, String value) {
        return api.json(HttpMethod.PUT, PATH, NEEDS_A_PRICE)
                .header(header, value)
                .exchange();
    }

    private String violation(String document) {
        DocumentSchema schema = Objects.requireNonNull(schema(document));
        return schema.violations(MapValue.EMPTY).stream()
                .map(Problem.Violation::pointer)
                .findFirst()
                .orElseThrow();
    }

    private @Nullable DocumentSchema schema(String document) {
        return api.schemas.of(DocumentName.of(document));
    }
}
