package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.Answer;
import io.tributary.write.Batch;
import io.tributary.write.WriteOptions.Return;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;

class BatchesTest {

    private static final String PATH = "/v1/batch";
    private static final String TRANSFER = """
            {"writes": [
              {"document": "accounts/a", "increment": {"balance": -10}, "if": {"where": {"balance": {"gte": 10}}}},
              {"document": "accounts/b", "increment": {"balance": 10}}]}
            """;

    private final Api api = new Api();

    BatchesTest() {
        api.store.put("accounts/a", "{\"balance\":30}").put("accounts/b", "{\"balance\":0}");
    }

    @Test
    void tellsWhatEachWriteDid() {
        api.post(PATH, TRANSFER)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .doesNotExist()
                .jsonPath("$.time")
                .exists()
                .jsonPath("$.results.length()")
                .isEqualTo(2)
                .jsonPath("$.results[0].document")
                .isEqualTo("accounts/a")
                .jsonPath("$.results[0].version")
                .isEqualTo(2)
                .jsonPath("$.results[1].changes.balance")
                .isEqualTo(10);
    }

    @Test
    void writesIntoTheDatabaseThatThePathNames() {
        api.post("/v1/databases/shop/batch", "{\"writes\":[{\"document\":\"a/b\",\"create\":{}}]}")
                .expectStatus()
                .isOk();

        assertThat(api.batches.last().database()).isEqualTo("shop");
        assertThat(api.store.state(DocumentName.of("shop", "a/b")).exists()).isTrue();
    }

    @Test
    void passesOnWhatWasRead() {
        api.post(PATH, "{\"reads\":[{\"document\":\"accounts/a\",\"version\":7}]}");

        assertThat(api.batches.last().reads()).containsExactly(new Batch.Read(DocumentName.of("accounts/a"), 7));
    }

    @Test
    void answersWithTheProblemOfTheWriteThatWasRefused() {
        api.store.put("accounts/a", "{\"balance\":5}");

        Problems.expect(api.post(PATH, TRANSFER), 412, "condition-failed")
                .jsonPath("$.index")
                .isEqualTo(0)
                .jsonPath("$.document")
                .isEqualTo("accounts/a");
    }

    @Test
    void tagsNoRefusalOfOneOfManyWrites() {
        api.store.put("accounts/a", "{\"balance\":5}");

        api.post(PATH, TRANSFER).expectHeader().doesNotExist("ETag");
    }

    @Test
    void namesTheDocumentsThatAreStale() {
        Problem conflict = Problem.of(ProblemType.CONFLICT, "a document changed meanwhile")
                .withStale(List.of(new Problem.Stale("accounts/a", 8)));
        api.batches.answer(new Answer.DecidedBatch(new BatchOutcome.Refused(conflict), false));

        Problems.expect(api.post(PATH, TRANSFER), 409, "conflict")
                .jsonPath("$.stale[0].document")
                .isEqualTo("accounts/a")
                .jsonPath("$.stale[0].version")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"BUSY, 429, busy", "UNAVAILABLE, 503, unavailable", "OUTCOME_UNKNOWN, 504, outcome-unknown"})
    void saysWhyABatchWasGivenUp(ProblemType type, int status, String slug) {
        api.batches.answer(new Answer.GivenUp(Problem.of(type, "given up")));

        Problems.expect(api.post(PATH, TRANSFER), status, slug);
    }

    @Test
    void pointsAtTheFaultInAWrite() {
        Problems.expect(
                        api.post(
                                PATH,
                                "{\"writes\":[{\"document\":\"a/b\",\"create\":{}},{\"document\":\"a/b\",\"inc\":{}}]}"),
                        400,
                        "unknown-member")
                .jsonPath("$.pointer")
                .isEqualTo("/writes/1/inc")
                .jsonPath("$.index")
                .isEqualTo(1);
        assertThat(api.batches.taken()).isEmpty();
    }

    @Test
    void refusesMoreWritesThanTheLimit() {
        Api small = new Api(Limits.DEFAULT.withBatchWrites(1));

        Problems.expect(small.post(PATH, TRANSFER), 400, "limit-exceeded");
    }

    // The id

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"k, -", "-, k", "k, k"})
    void takesTheIdFromTheHeaderOrTheBody(@Nullable String header, @Nullable String body) {
        withIds(header, body)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.id")
                .isEqualTo("k");
    }

    @Test
    void refusesTwoDifferentIds() {
        Problems.expect(withIds("k", "l"), 400, "bad-value")
                .jsonPath("$.pointer")
                .isEqualTo("/id");
    }

    @Test
    void marksARepetition() {
        withIds("k", null).expectHeader().doesNotExist("Idempotency-Replayed");

        withIds("k", null).expectStatus().isOk().expectHeader().valueEquals("Idempotency-Replayed", "true");
    }

    @Test
    void marksTheRepetitionOfARefusal() {
        api.store.put("accounts/a", "{\"balance\":5}");
        withIds("k", null);

        withIds("k", null).expectStatus().isEqualTo(412).expectHeader().valueEquals("Idempotency-Replayed", "true");
    }

    private ResponseSpec withIds(@Nullable String header, @Nullable String body) {
        String json = body == null ? TRANSFER : TRANSFER.replaceFirst("\\{", "{\"id\": \"" + body + "\", ");
        var request = api.json(HttpMethod.POST, PATH, json);
        return (header == null ? request : request.header("Idempotency-Key", header)).exchange();
    }

    // Headers and parameters

    @Test
    void answersWithoutABodyWhenLittleIsPreferred() {
        preferring("return=minimal")
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Preference-Applied", "return=minimal")
                .expectBody()
                .isEmpty();
        assertThat(api.batches.last().writes())
                .allSatisfy(write -> assertThat(write.options().answer()).isEqualTo(Return.MINIMAL));
    }

    @Test
    void addsTheDataOfEachDocumentWhenARepresentationIsPreferred() {
        preferring("return=representation")
                .expectBody()
                .jsonPath("$.results[0].data.balance")
                .isEqualTo(20)
                .jsonPath("$.results[1].data.balance")
                .isEqualTo(10);
    }

    private ResponseSpec preferring(String preference) {
        return api.json(HttpMethod.POST, PATH, TRANSFER)
                .header("Prefer", preference)
                .exchange();
    }

    @Test
    void writesLargeIntegersAsStringsWhereAskedTo() {
        api.post(
                        PATH + "?integers=string",
                        "{\"writes\":[{\"document\":\"a/b\",\"create\":{\"n\":9007199254740993},\"return\":\"document\"}]}")
                .expectBody()
                .jsonPath("$.results[0].data.n['@integer']")
                .isEqualTo("9007199254740993");
    }

    @ParameterizedTest
    @ValueSource(strings = {"If-Match", "If-None-Match"})
    void refusesAConditionThatIsAboutNoWrite(String header) {
        Problems.expect(
                api.json(HttpMethod.POST, PATH, TRANSFER)
                        .header(header, "\"1\"")
                        .exchange(),
                400,
                "malformed");
    }

    @Test
    void takesNothingButJson() {
        Problems.expect(
                api.body(HttpMethod.POST, PATH, "text/plain", TRANSFER).exchange(), 415, "unsupported-media-type");
    }

    @Test
    void tellsOptionsWhatItTakes() {
        api.request(HttpMethod.OPTIONS, PATH)
                .exchange()
                .expectHeader()
                .valueEquals("Allow", "POST, OPTIONS")
                .expectHeader()
                .valueEquals("Accept-Post", "application/json");
    }

    @Test
    void passesTheTraceOn() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

        api.json(HttpMethod.POST, PATH, TRANSFER).header("traceparent", trace).exchange();

        assertThat(api.batches.traceparent()).isEqualTo(trace);
    }
}
