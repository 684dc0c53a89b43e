package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.OutcomeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.Loaded;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

/** Writes of callers who would rather come back for the outcome. */
class LaterWritesTest {

    private static final String PATH = "/v1/documents/products/p42";
    private static final DocumentName P42 = DocumentName.of("products/p42");

    private final Api api = new Api();

    @Test
    void tellsWhereTheOutcomeWillBe() {
        async(api.json(HttpMethod.PATCH, PATH, "{\"increment\":{\"n\":1}}").header("Idempotency-Key", "a/1"))
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", PATH + "?outcome=a%2F1")
                .expectHeader()
                .valueEquals("Preference-Applied", "respond-async");
    }

    @Test
    void acceptsAllThatTheRequestSays() {
        async(api.json(HttpMethod.PATCH, PATH, "{\"increment\":{\"n\":1}}")
                .header("Idempotency-Key", "a")
                .header("If-Match", "\"7\""));

        assertThat(api.later.accepted()).singleElement().satisfies(write -> {
            assertThat(write.document()).isEqualTo(P42);
            assertThat(write.id()).isEqualTo("a");
            assertThat(write.condition()).isNotEqualTo(Condition.NONE);
        });
    }

    @Test
    void givesAnIdToWhoHasNone() {
        async(api.request(HttpMethod.DELETE, PATH));

        assertThat(api.later.accepted()).singleElement().satisfies(write -> {
            assertThat(write.action()).isEqualTo(new Action.Delete());
            assertThat(write.id()).isNotNull();
        });
    }

    @Test
    void appliesNothingMeanwhile() {
        async(api.json(HttpMethod.PUT, PATH, "{}"));

        assertThat(api.writes.taken()).isEmpty();
    }

    @Test
    void refusesABadRequestAtOnce() {
        Problems.expect(async(api.json(HttpMethod.PATCH, PATH, "{\"stock\":1}")), 400, "unknown-member");
    }

    @Test
    void doesNotClaimWhatIsNotConfirmed() {
        api.later.goAway();

        Problems.expect(async(api.json(HttpMethod.PUT, PATH, "{}")), 504, "outcome-unknown");
    }

    @Test
    void givesTheOutcomeAsARepetitionWouldGetIt() {
        remember(
                P42,
                new Outcome.Refused(
                        P42, Problem.of(ProblemType.NOT_FOUND, "there was none").withDocument("products/p42")));

        ResponseSpec response = api.get(PATH + "?outcome=a");

        Problems.expect(response, 404, "not-found");
        response.expectHeader().valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void knowsNoOutcomeBeforeItIsDecided() {
        ResponseSpec response = api.get(PATH + "?outcome=a");

        Problems.expect(response, 404, "not-found");
        response.expectHeader().valueEquals("Retry-After", "1");
    }

    @Test
    void keepsOutcomesOfOtherDocumentsToItself() {
        DocumentName other = DocumentName.of("products/p43");
        api.store.remember(
                IdempotencyKey.ofDatabase(Api.LANE, other.database(), "a"),
                stored(new Outcome.Refused(other, Problem.of(ProblemType.ALREADY_EXISTS, "it is there"))));

        Problems.expect(api.get(PATH + "?outcome=a"), 404, "not-found");
    }

    @Test
    void refusesAnIdThatIsNone() {
        Problems.expect(api.get(PATH + "?outcome="), 400, "bad-value");
    }

    private void remember(DocumentName name, Outcome outcome) {
        api.store.remember(IdempotencyKey.ofDocument(Api.LANE, name, "a"), stored(outcome));
    }

    private static Loaded.Outcome stored(Outcome outcome) {
        return new Loaded.Outcome(new byte[0], OutcomeJson.writeStored(outcome));
    }

    private static ResponseSpec async(RequestHeadersSpec<?> request) {
        return request.header("Prefer", "respond-async").exchange();
    }
}
