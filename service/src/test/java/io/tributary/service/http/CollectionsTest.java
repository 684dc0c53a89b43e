package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;

class CollectionsTest {

    private static final String PATH = "/v1/documents/products";

    private final Api api = new Api();

    @Test
    void createsADocumentWithAnIdOfTheServicesChoice() {
        api.post(PATH, "{\"stock\":1}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", PATH + "/" + Api.NEXT_ID)
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectBody()
                .jsonPath("$.document")
                .isEqualTo("products/" + Api.NEXT_ID);
    }

    @Test
    void createsADocumentInANestedCollection() {
        api.post("/v1/documents/cities/SF/landmarks", "{}").expectStatus().isCreated();

        assertThat(api.writes.last().document().parent()).isEqualTo(CollectionName.of("cities/SF/landmarks"));
    }

    @Test
    void refusesToCreateADocumentWhoseNameWouldBeTooLong() {
        String endless = "/v1/documents/" + "c".repeat(1_000) + "/d/" + "e".repeat(990);

        Problems.expect(api.post(endless, "{}"), 400, "bad-path");
    }

    @Test
    void listsTheDocumentsOfACollectionInTheOrderOfTheirIds() {
        api.store.put("products/b", "{\"n\":2}").put("products/a", "{\"n\":1}").put("other/c", "{}");

        api.get(PATH).expectStatus().isOk().expectBody().json("""
                        {"documents":[
                          {"document":"products/a","version":1,"time":"1970-01-01T00:00:00.000000Z",
                           "createdAt":"1970-01-01T00:00:00.000000Z","updatedAt":"1970-01-01T00:00:00.000000Z",
                           "data":{"n":1}},
                          {"document":"products/b","version":1,"time":"1970-01-01T00:00:00.000000Z",
                           "createdAt":"1970-01-01T00:00:00.000000Z","updatedAt":"1970-01-01T00:00:00.000000Z",
                           "data":{"n":2}}]}
                        """, JsonCompareMode.STRICT);
    }

    @Test
    void listsNothingOfACollectionThatIsEmpty() {
        api.get(PATH).expectStatus().isOk().expectBody().json("{\"documents\":[]}", JsonCompareMode.STRICT);
    }

    @Test
    void takesAllOfAQueryFromParameters() {
        api.store
                .put("products/a", "{\"n\":1,\"m\":0}")
                .put("products/b", "{\"n\":2,\"m\":0}")
                .put("products/c", "{\"n\":3,\"m\":0}");

        api.get(PATH + "?where=" + encoded("{\"n\":{\"gte\":2}}") + "&orderBy=-n&limit=1&fields=n&total=true")
                .expectBody()
                .jsonPath("$.documents.length()")
                .isEqualTo(1)
                .jsonPath("$.documents[0].document")
                .isEqualTo("products/c")
                .jsonPath("$.documents[0].data")
                .value(Object.class, data -> assertThat(data).hasToString("{n=3}"))
                .jsonPath("$.total")
                .isEqualTo(2)
                .jsonPath("$.cursor")
                .exists();
    }

    @Test
    void goesOnBehindTheCursor() {
        api.store.put("products/a", "{}").put("products/b", "{}");
        String[] cursor = new String[1];
        api.get(PATH + "?limit=1").expectBody().jsonPath("$.cursor").value(String.class, text -> cursor[0] = text);

        api.get(PATH + "?limit=1&cursor=" + cursor[0])
                .expectBody()
                .jsonPath("$.documents[0].document")
                .isEqualTo("products/b")
                .jsonPath("$.cursor")
                .doesNotExist();
    }

    @Test
    void takesAQueryAsABody() {
        api.store.put("products/a", "{\"n\":1}").put("products/b", "{\"n\":2}");

        api.post("/v1/query", "{\"collection\":\"products\",\"where\":{\"n\":2},\"total\":true}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.documents[0].document")
                .isEqualTo("products/b")
                .jsonPath("$.total")
                .isEqualTo(1);
    }

    @Test
    void looksIntoTheDatabaseThatThePathNames() {
        api.store.put(DocumentName.of("shop", "products/a"), 1, "{}").put("products/b", "{}");

        for (var response : List.of(
                api.get("/v1/databases/shop/documents/products"),
                api.post("/v1/databases/shop/query", "{\"collection\":\"products\"}"))) {
            response.expectBody()
                    .jsonPath("$.documents.length()")
                    .isEqualTo(1)
                    .jsonPath("$.documents[0].document")
                    .isEqualTo("products/a");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "fifty", "", "1.0", "99999999999"})
    void refusesALimitOutOfItsRange(String limit) {
        Problems.expect(api.get(PATH + "?limit=" + limit), 400, "bad-value");
    }

    @ParameterizedTest
    @CsvSource({"1", "1000"})
    void takesALimitAtTheEndsOfItsRange(String limit) {
        api.get(PATH + "?limit=" + limit).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource({
        "where=nonsense, malformed",
        "where=%5B%5D, bad-value",
        "orderBy=a..b, bad-path",
        "orderBy=@nothing, bad-path",
        "fields=a..b, bad-path",
        "total=yes, bad-value",
        "integers=roman, bad-value",
        "cursor=nonsense, bad-value",
    })
    void refusesAParameterThatCannotBeRead(String query, String slug) {
        Problems.expect(api.get(PATH + "?" + query), 400, slug);
    }

    @Test
    void refusesACursorOfAnotherQuery() {
        api.store.put("products/a", "{}").put("products/b", "{}");
        String[] cursor = new String[1];
        api.get(PATH + "?limit=1").expectBody().jsonPath("$.cursor").value(String.class, text -> cursor[0] = text);

        Problems.expect(api.get(PATH + "?limit=1&orderBy=n&cursor=" + cursor[0]), 400, "bad-value");
    }

    @Test
    void pointsIntoAQueryThatIsNotUnderstood() {
        Problems.expect(api.post("/v1/query", "{\"collection\":\"products\",\"were\":{}}"), 400, "unknown-member")
                .jsonPath("$.pointer")
                .isEqualTo("/were");
    }

    @Test
    void answersHeadOfACollection() {
        api.request(HttpMethod.HEAD, PATH)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .isEmpty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
