package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Answer;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.WriteOptions.OnInvalid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class DocumentWritesTest {

    private static final String PATH = "/v1/documents/products/p42";

    private final Api api = new Api();

    @Test
    void createsADocumentByPuttingIt() {
        api.put(PATH, "{\"stock\":1}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", PATH)
                .expectHeader()
                .valueEquals("ETag", "\"1\"")
                .expectHeader()
                .valueEquals("Cache-Control", "no-cache")
                .expectBody()
                .jsonPath("$.document")
                .isEqualTo("products/p42")
                .jsonPath("$.version")
                .isEqualTo(1)
                .jsonPath("$.created")
                .isEqualTo(true);
    }

    @Test
    void replacesADocumentByPuttingIt() {
        api.store.put(DocumentName.of("products/p42"), 7, "{\"stock\":1}");

        api.put(PATH, "{\"stock\":2}")
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"8\"")
                .expectHeader()
                .doesNotExist("Location")
                .expectBody()
                .jsonPath("$.changes.stock")
                .isEqualTo(2);
    }

    @Test
    void encodesWhatALocationCannotHold() {
        api.put("/v1/databases/shop/documents/products/a%3Bb%20%C3%A9", "{}")
                .expectHeader()
                .valueEquals("Location", "/v1/databases/shop/documents/products/a%3Bb%20%C3%A9");
    }

    @Test
    void appliesOperators() {
        api.store.put("products/p42", "{\"stock\":1}");

        api.patch(PATH, "{\"increment\":{\"stock\":-1},\"if\":{\"where\":{\"stock\":{\"gte\":1}}}}")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.changes.stock")
                .isEqualTo(0);
    }

    @Test
    void appliesAMergePatch() {
        api.store.put("products/p42", "{\"a\":1,\"b\":2}");

        api.body(HttpMethod.PATCH, PATH, Api.MERGE_PATCH, "{\"a\":null}")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.removed[0]")
                .isEqualTo("a");
    }

    @Test
    void appliesAJsonPatch() {
        api.store.put("products/p42", "{\"a\":1}");

        api.body(HttpMethod.PATCH, PATH, Api.JSON_PATCH, "[{\"op\":\"add\",\"path\":\"/b\",\"value\":2}]")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.changes.b")
                .isEqualTo(2);
    }

    @Test
    void answersCreatedWhenAPatchMakesTheDocument() {
        api.patch(PATH, "{\"increment\":{\"stock\":1},\"upsert\":true}")
                .expectStatus()
                .isCreated()
                .expectHeader()
                .valueEquals("Location", PATH);
    }

    @Test
    void doesNotPatchAMissingDocument() {
        Problems.expect(api.patch(PATH, "{\"increment\":{\"stock\":1}}"), 404, "not-found");
    }

    @Test
    void refusesAPatchThatDoesNotApply() {
        api.store.put("products/p42", "{\"a\":1}");

        var response = api.body(
                        HttpMethod.PATCH, PATH, Api.JSON_PATCH, "[{\"op\":\"test\",\"path\":\"/a\",\"value\":2}]")
                .exchange();

        Problems.expect(response, 422, "patch-failed");
    }

    @Test
    void pointsIntoABodyThatIsNotUnderstood() {
        Problems.expect(api.patch(PATH, "{\"stock\":1}"), 400, "unknown-member")
                .jsonPath("$.pointer")
                .isEqualTo("/stock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{}x", "\u0000"})
    void refusesABodyThatIsNoJson(String body) {
        Problems.expect(api.put(PATH, body), 400, "malformed");
    }

    @Test
    void refusesADocumentThatIsNoObject() {
        Problems.expect(api.put(PATH, "[]"), 400, "bad-value");
    }

    @Test
    void deletesADocument() {
        api.store.put(DocumentName.of("products/p42"), 7, "{}");

        api.delete(PATH)
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Tributary-Version", "8")
                .expectBody()
                .isEmpty();
    }

    @Test
    void doesNotFindWhatItShouldDelete() {
        Problems.expect(api.delete(PATH), 404, "not-found")
                .jsonPath("$.document")
                .isEqualTo("products/p42");
    }

    @Test
    void refusesADeleteThatCarriesABody() {
        Problems.expect(api.json(HttpMethod.DELETE, PATH, "{\"if\":{}}").exchange(), 400, "malformed");

        assertThat(api.writes.taken()).isEmpty();
    }

    @Test
    void writesLargeIntegersAsStringsOnRequest() {
        api.store.put("products/p42", "{\"n\":9007199254740992}");

        api.patch(PATH + "?integers=string", "{\"increment\":{\"n\":1}}")
                .expectBody()
                .jsonPath("$.changes.n['@integer']")
                .isEqualTo("9007199254740993");
    }

    @Test
    void replacesWithoutAnyConditionUnlessAsked() {
        api.put(PATH, "{}").expectStatus().isCreated();

        assertThat(api.writes.last().condition()).isEqualTo(Condition.NONE);
        assertThat(api.writes.last().action()).isInstanceOf(Action.Replace.class);
    }

    @ParameterizedTest
    @CsvSource({
        "BUSY, 429, busy",
        "UNAVAILABLE, 503, unavailable",
        "OUTCOME_UNKNOWN, 504, outcome-unknown",
        "INTERNAL, 500, internal"
    })
    void passesOnWhyAWriteWasGivenUp(ProblemType type, int status, String slug) {
        api.writes.answer(new Answer.GivenUp(Problem.of(type, "given up")));

        Problems.expect(api.put(PATH, "{}"), status, slug);
    }

    @Test
    void tellsWhenToComeBackToAFullLane() {
        api.writes.answer(new Answer.GivenUp(Problem.of(ProblemType.BUSY, "full")));

        api.delete(PATH).expectHeader().valueEquals("Retry-After", "1");
    }

    @Test
    void handsTheTraceOn() {
        String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        api.json(HttpMethod.PUT, PATH, "{}").header("traceparent", traceparent).exchange();

        assertThat(api.writes.traceparent()).isEqualTo(traceparent);
    }

    @Test
    void dropsATraceThatIsNone() {
        api.json(HttpMethod.PUT, PATH, "{}").header("traceparent", "nonsense").exchange();

        assertThat(api.writes.traceparent()).isNull();
    }

    @Test
    void skipInvalidFieldsWhenTheUrlSaysSo() {
        api.put("/v1/documents/products/p42?onInvalid=skip", "{}");

        assertThat(api.writes.last().options().onInvalid()).isEqualTo(OnInvalid.SKIP);
        Problems.expect(api.put("/v1/documents/products/p42?onInvalid=ignore", "{}"), 400, "bad-value");
    }
}
