package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.name.DocumentName;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.BodyContentSpec;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class UpdatesByQueryTest {

    private static final String PATH = "/v1/update-by-query";
    private static final String SMALL =
            "{\"collection\":\"products\",\"where\":{\"stock\":0},\"increment\":{\"stock\":1},\"limit\":10}";
    private static final String LARGE =
            "{\"collection\":\"products\",\"where\":{\"stock\":0},\"increment\":{\"stock\":1}}";

    private final Api api = new Api();

    UpdatesByQueryTest() {
        api.store.put("products/a", "{\"stock\":0}").put("products/b", "{\"stock\":1}");
    }

    @Test
    void tellsWhatBecameOfEachDocument() {
        api.post(PATH, SMALL)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.job")
                .doesNotExist()
                .jsonPath("$.matched")
                .isEqualTo(1)
                .jsonPath("$.modified")
                .isEqualTo(1)
                .jsonPath("$.results[0].document")
                .isEqualTo("products/a")
                .jsonPath("$.results[0].version")
                .isEqualTo(2);
    }

    @Test
    void checksTheFilterAgainInTheLane() {
        api.post(PATH, SMALL);

        assertThat(api.writes.last().condition().where()).isNotNull();
    }

    @Test
    void tellsWhereTheJobIs() {
        api.post(PATH, LARGE)
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Location", "/v1/jobs/1")
                .expectBody()
                .jsonPath("$.job")
                .isEqualTo("1");
        job("1", "succeeded").jsonPath("$.modified").isEqualTo(1);
    }

    @Test
    void worksInTheDatabaseThatThePathNames() {
        api.store.put(DocumentName.of("shop", "products/a"), 1, "{\"stock\":0}");

        api.post("/v1/databases/shop/update-by-query", LARGE)
                .expectHeader()
                .valueEquals("Location", "/v1/databases/shop/jobs/1");

        Problems.expect(api.get("/v1/jobs/1"), 404, "not-found");
        api.get("/v1/databases/shop/jobs/1").expectStatus().isOk();
    }

    @Test
    void waitsForAJobAsPreferred() {
        preferring("wait=10", LARGE)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Preference-Applied", "wait=10")
                .expectBody()
                .jsonPath("$.job")
                .isEqualTo("1")
                .jsonPath("$.results.length()")
                .isEqualTo(1);
    }

    @Test
    void answersAtOnceAsPreferred() {
        preferring("respond-async", SMALL)
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Preference-Applied", "respond-async");
    }

    private ResponseSpec preferring(String preference, String update) {
        return api.json(HttpMethod.POST, PATH, update)
                .header("Prefer", preference)
                .exchange();
    }

    @ParameterizedTest
    @ValueSource(strings = {SMALL, LARGE})
    void marksARepetition(String update) {
        int first = keyed(update)
                .expectStatus()
                .is2xxSuccessful()
                .returnResult(String.class)
                .getStatus()
                .value();

        keyed(update).expectStatus().isEqualTo(first).expectHeader().valueEquals("Idempotency-Replayed", "true");
    }

    private ResponseSpec keyed(String update) {
        return api.json(HttpMethod.POST, PATH, update)
                .header("Idempotency-Key", "k")
                .exchange();
    }

    @Test
    void refusesTooMany() {
        Problems.expect(api.post(PATH, LARGE.replaceFirst("\\{", "{\"max\":0,")), 422, "too-many");
    }

    @Test
    void pointsAtAMistake() {
        Problems.expect(api.post(PATH, LARGE.replaceFirst("\\{", "{\"limit\":-1,")), 400, "bad-value")
                .jsonPath("$.pointer")
                .isEqualTo("/limit");
    }

    @Test
    void refusesAConditionThatIsAboutNoDocument() {
        Problems.expect(
                api.json(HttpMethod.POST, PATH, SMALL)
                        .header("If-Match", "\"1\"")
                        .exchange(),
                400,
                "malformed");
    }

    @Test
    void refusesWhatIsLargerThanADocument() {
        String large = LARGE.replaceFirst("increment", "set").replaceFirst("1}}", "\"" + "x".repeat(2 << 20) + "\"}}");

        Problems.expect(api.post(PATH, large), 413, "request-too-large");
    }

    @Test
    void listsJobsPageByPage() {
        api.post(PATH, LARGE);
        api.post(PATH, LARGE);
        api.post(PATH, LARGE);

        api.get("/v1/jobs?limit=2")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.jobs[0].id")
                .isEqualTo("3")
                .jsonPath("$.cursor")
                .isEqualTo("2");
        api.get("/v1/jobs?limit=2&cursor=2")
                .expectBody()
                .jsonPath("$.jobs.length()")
                .isEqualTo(1)
                .jsonPath("$.cursor")
                .doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=many", "cursor=x", "cursor=-1"})
    void refusesAPageThatIsNone(String parameter) {
        Problems.expect(api.get("/v1/jobs?" + parameter), 400, "bad-value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "x", "-1", "0", "99999999999999999999"})
    void knowsNoOtherJobs(String id) {
        Problems.expect(api.get("/v1/jobs/" + id), 404, "not-found");
        Problems.expect(api.delete("/v1/jobs/" + id), 404, "not-found");
    }

    @Test
    void endsAJob() {
        api.writes.beSilent();
        api.post(PATH, LARGE);

        api.delete("/v1/jobs/1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("cancelled");
    }

    @Test
    void leavesAJobThatHasEndedAsItIs() {
        preferring("wait=10", LARGE);

        api.delete("/v1/jobs/1")
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.state")
                .isEqualTo("succeeded");
    }

    private BodyContentSpec job(String id, String state) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> api.jobStore.all().getLast().settled());
        return api.get("/v1/jobs/" + id)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo(id)
                .jsonPath("$.state")
                .isEqualTo(state);
    }
}
