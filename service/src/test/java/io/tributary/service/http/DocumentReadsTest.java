package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.store.StoreException;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class DocumentReadsTest {

    private static final String PATH = "/v1/documents/products/p42";

    private final Api api = new Api();

    @Test
    void givesOutADocumentWithWhatIsKeptBesideIt() {
        Lifetime lifetime = new Lifetime(
                Instant.parse("2026-11-21T08:00:00.000003Z"),
                Instant.parse("2026-11-21T08:00:00.000001Z"),
                Instant.parse("2026-11-21T08:00:00Z"),
                "ann",
                "bob");
        api.store.put(new DocumentState(DocumentName.of("products/p42"), 7, data("{\"stock\":1}"), lifetime));

        api.get(PATH)
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/json")
                .expectBody()
                .json("""
                        {"document":"products/p42","version":7,"time":"2026-11-21T08:00:00.000003Z",
                         "createdAt":"2026-11-21T08:00:00.000001Z","updatedAt":"2026-11-21T08:00:00.000000Z",
                         "createdBy":"ann","updatedBy":"bob","data":{"stock":1}}
                        """, JsonCompareMode.STRICT);
    }

    @Test
    void leavesOutWhoWroteWhenNobodyKnows() {
        api.store.put("products/p42", "{}");

        api.get(PATH).expectBody().jsonPath("$.createdBy").doesNotExist();
    }

    @Test
    void tagsADocumentWithItsVersion() {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        api.get(PATH).expectHeader().valueEquals("ETag", "\"7\"");
    }

    @Test
    void letsCachesAskEachTime() {
        api.store.put("products/p42", "{}");

        api.get(PATH).expectHeader().valueEquals("Cache-Control", "no-cache");
    }

    @Test
    void doesNotFindADocumentThatNeverWas() {
        Problems.expect(api.get(PATH), 404, "not-found").jsonPath("$.document").isEqualTo("products/p42");
    }

    @Test
    void doesNotFindADeletedDocument() {
        Lifetime lifetime = new Lifetime(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, null, null);
        api.store.put(new DocumentState(DocumentName.of("products/p42"), 2, null, lifetime));

        Problems.expect(api.get(PATH), 404, "not-found");
    }

    @Test
    void givesOutOnlyTheFieldsAskedFor() {
        api.store.put("products/p42", "{\"a\":1,\"b\":{\"c\":2,\"d\":3},\"e\":4}");

        api.get(PATH + "?fields=a,b.c,missing")
                .expectBody()
                .jsonPath("$.data")
                .value(Object.class, data -> assertThat(data).hasToString("{a=1, b={c=2}}"));
    }

    @Test
    void refusesFieldsThatAreNoPaths() {
        Problems.expect(api.get(PATH + "?fields=a..b"), 400, "bad-path");
    }

    @Test
    void writesLargeIntegersAsStringsOnRequest() {
        api.store.put("products/p42", "{\"n\":9007199254740993}");

        api.get(PATH + "?integers=string")
                .expectBody()
                .jsonPath("$.data.n['@integer']")
                .isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"7\"", "W/\"7\"", "\"6\", \"7\"", "*"})
    void isNotModifiedWhenTheCallerHasTheVersion(String tags) {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        conditional("If-None-Match", tags)
                .expectStatus()
                .isNotModified()
                .expectHeader()
                .valueEquals("ETag", "\"7\"")
                .expectBody()
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"6\"", "\"7x\"", "\"07\"", "\"\""})
    void isGivenOutWhenTheCallerHasAnotherVersion(String tags) {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        conditional("If-None-Match", tags).expectStatus().isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"\"7\"", "W/\"7\"", "\"6\",\"7\"", "*"})
    void isGivenOutWhenTheVersionIsTheOneAskedFor(String tags) {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        conditional("If-Match", tags).expectStatus().isOk();
    }

    @Test
    void isRefusedWhenTheVersionIsNotTheOneAskedFor() {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        Problems.expect(conditional("If-Match", "\"6\""), 412, "condition-failed")
                .jsonPath("$.current.version")
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "*, \"7\"", "\"7\" \"8\"", ""})
    void refusesTagsThatAreNone(String tags) {
        Problems.expect(conditional("If-None-Match", tags), 400, "malformed");
    }

    @ParameterizedTest
    @CsvSource({"AWAY", "UNKNOWN", "NOT_APPLIED"})
    void asksTheCallerToComeBackWhileTheStoreIsAway(StoreException.Kind kind) {
        api.store.failWith(kind);

        var response = api.get(PATH);

        response.expectHeader().valueEquals("Retry-After", "1");
        Problems.expect(response, 503, "unavailable");
    }

    @Test
    void keepsWhatWentWrongInsideToItself() {
        api.store.failWith(new IllegalStateException("a secret of the service"));

        Problems.expect(api.get(PATH), 500, "internal")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertThat(detail).doesNotContain("secret"));
    }

    private ResponseSpec conditional(String header, String tags) {
        return api.request(HttpMethod.GET, PATH).header(header, tags).exchange();
    }

    private static MapValue data(String json) {
        return ValueJson.readDocument(json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }
}
