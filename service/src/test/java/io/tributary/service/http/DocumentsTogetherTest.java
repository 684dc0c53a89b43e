package io.tributary.service.http;

import io.tributary.json.Limits;
import io.tributary.name.DocumentName;
import io.tributary.service.store.StoreException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;

/** Several documents as of one moment. */
class DocumentsTogetherTest {

    private static final String PATH = "/v1/read";

    private final Api api = new Api();

    @Test
    void givesOutTheDocumentsInTheOrderAskedFor() {
        api.store.put("products/a", "{\"n\":1}").put(DocumentName.of("products/b"), 7, "{}");

        api.post(PATH, "{\"documents\":[\"products/b\",\"products/c\",\"products/a\"]}")
                .expectStatus()
                .isOk()
                .expectBody()
                .json("""
                        {"documents":[
                          {"document":"products/b","version":7,"time":"1970-01-01T00:00:00.000000Z",
                           "createdAt":"1970-01-01T00:00:00.000000Z","updatedAt":"1970-01-01T00:00:00.000000Z",
                           "data":{}},
                          {"document":"products/c","version":0},
                          {"document":"products/a","version":1,"time":"1970-01-01T00:00:00.000000Z",
                           "createdAt":"1970-01-01T00:00:00.000000Z","updatedAt":"1970-01-01T00:00:00.000000Z",
                           "data":{"n":1}}]}
                        """, JsonCompareMode.STRICT);
    }

    @Test
    void looksIntoTheDatabaseThatThePathNames() {
        api.store.put(DocumentName.of("shop", "products/a"), 3, "{}").put("products/a", "{}");

        api.post("/v1/databases/shop/read", "{\"documents\":[\"products/a\"]}")
                .expectBody()
                .jsonPath("$.documents[0].version")
                .isEqualTo(3);
    }

    @Test
    void givesOutTheFieldsAskedFor() {
        api.store.put("products/a", "{\"n\":1,\"m\":{\"x\":9007199254740993,\"y\":3}}");

        api.post(PATH + "?fields=m.x&integers=string", "{\"documents\":[\"products/a\"]}")
                .expectBody()
                .jsonPath("$.documents[0].data.n")
                .doesNotExist()
                .jsonPath("$.documents[0].data.m.y")
                .doesNotExist()
                .jsonPath("$.documents[0].data.m.x['@integer']")
                .isEqualTo("9007199254740993");
    }

    @Test
    void refusesDocumentsThatAreTooLargeTogether() {
        String mebibyte = "{\"text\":\"" + "x".repeat((1 << 20) - 11) + "\"}";
        List<String> names =
                IntStream.range(0, 17).mapToObj(i -> "products/" + i).toList();
        names.forEach(name -> api.store.put(name, mebibyte));

        Problems.expect(
                api.post(PATH, "{\"documents\":[\"" + String.join("\",\"", names) + "\"]}"), 400, "limit-exceeded");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"documents":[]}                | bad-value
                    {"documents":["products"]}      | bad-path
                    {"document":"products/a"}       | unknown-member
                    {"documents":["a/b","a/c"]}     | limit-exceeded
                    """)
    void refusesWhatNamesNoDocuments(String body, String slug) {
        Problems.expect(new Api(Limits.DEFAULT.withBatchWrites(1)).post(PATH, body), 400, slug);
    }

    @Test
    void saysThatTheStoreIsAway() {
        api.store.failWith(StoreException.Kind.AWAY);

        Problems.expect(api.post(PATH, "{\"documents\":[\"products/a\"]}"), 503, "unavailable");
    }

    @Test
    void takesNothingButJson() {
        Problems.expect(api.body(HttpMethod.POST, PATH, "text/plain", "{}").exchange(), 415, "unsupported-media-type");
    }
}
