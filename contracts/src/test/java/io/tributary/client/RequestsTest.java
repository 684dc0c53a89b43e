package io.tributary.client;

import static io.tributary.client.FakeTransport.document;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.write.Condition;
import io.tributary.write.SortKey;
import io.tributary.write.Where;
import io.tributary.write.WriteOptions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** What the client asks the service for. */
class RequestsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final String APPLIED =
            "{\"document\":\"products/p42\",\"version\":7,\"time\":\"2026-11-21T08:00:00Z\",\"modified\":true}";
    private static final String ANSWERED = "{\"line\":1,\"status\":200," + APPLIED.substring(1) + "\n";

    private final FakeTransport service = new FakeTransport();
    private final TributaryClient client = service.client();

    @Test
    void updatesADocumentUnderACondition() {
        service.answers(200, APPLIED);

        client.document("products/p42")
                .update(u -> u.increment("stock", -1).append("sold", "ada"))
                .onlyIf(Where.field("stock").gte(1))
                .with(options -> options.withAnswer(WriteOptions.Return.MINIMAL))
                .send()
                .block(PATIENCE);

        assertThat(service.calls).hasToString("[PATCH /v1/documents/products/p42]");
        assertThat(FakeTransport.text(service.calls.get(0)))
                .isEqualTo("{\"increment\":{\"stock\":-1},\"append\":{\"sold\":[\"ada\"]},"
                        + "\"if\":{\"where\":{\"stock\":{\"gte\":1}}},\"return\":\"minimal\"}");
    }

    @Test
    void sendsWhateverIsNoUpdateAsALineOfABulk() {
        service.answers(200, ANSWERED);

        client.document("products/p42")
                .create(Map.of("stock", 3))
                .onlyIf(Condition.exists(false))
                .withId("order-4711")
                .send()
                .block(PATIENCE);

        assertThat(service.bodies("/v1/bulk"))
                .containsExactly("{\"id\":\"order-4711\",\"document\":\"products/p42\","
                        + "\"create\":{\"stock\":3},\"if\":{\"exists\":false}}\n");
    }

    @Test
    void keepsTheIdOfALineThatIsSubscribedToAgain() {
        service.breaks().answers(200, ANSWERED).answers(200, ANSWERED);
        Mono<Outcome.Applied> deletion =
                client.document("products/p42").delete().send();

        StepVerifier.create(deletion.concatWith(deletion))
                .then(() -> service.time.advanceTimeBy(Duration.ofMinutes(10)))
                .expectNextCount(2)
                .expectComplete()
                .verify(PATIENCE);

        List<String> bodies = service.bodies("/v1/bulk");
        assertThat(bodies).hasSize(3).containsOnly(bodies.get(0));
    }

    @Test
    void errsWithTheRefusalOfALine() {
        service.answers(
                200,
                "{\"line\":1,\"status\":409,\"problem\":{\"type\":\"urn:tributary:problem:already-exists\","
                        + "\"status\":409,\"detail\":\"there is one\"}}\n");

        StepVerifier.create(client.document("products/p42").create(Map.of()).send())
                .expectErrorMatches(failure ->
                        failure instanceof ProblemException refused && refused.type() == ProblemType.ALREADY_EXISTS)
                .verify(PATIENCE);
    }

    @Test
    void createsADocumentWhoseNameTheServiceChooses() {
        service.answers(201, APPLIED);

        client.collection("products").create(Map.of("stock", 3)).block(PATIENCE);

        assertThat(service.bodies("/v1/documents/products")).containsExactly("{\"stock\":3}");
        assertThat(service.calls.get(0).headers()).containsKey("Idempotency-Key");
    }

    @Test
    void encodesNamesForUrls() {
        service.answers(200, document("p/%", 1, "{}"));

        client.document("a b/ü+?#%;/c/d").get().block(PATIENCE);

        assertThat(service.calls.get(0).path()).isEqualTo("/v1/documents/a%20b/%C3%BC%2B%3F%23%25%3B/c/d");
    }

    @Test
    void namesADatabase() {
        service.answers(200, document("products/p42", 1, "{}"));
        TributaryClient shop = new TributaryClient(
                TributaryClient.builder(URI.create("http://fake")).database("shop"), service, service.time);

        Document document = shop.document("products/p42").get().block(PATIENCE);

        assertThat(service.calls.get(0).path()).isEqualTo("/v1/databases/shop/documents/products/p42");
        assertThat(document.name()).isEqualTo(DocumentName.of("shop", "products/p42"));
    }

    @Test
    void readsADocumentThatDoesNotExist() {
        service.refuses(Problem.of(ProblemType.NOT_FOUND, "none").withDocument("products/p42"));

        assertThat(client.document("products/p42").get().block(PATIENCE))
                .isEqualTo(Document.missing(DocumentName.of("products/p42")));
    }

    @Test
    void takesNoOtherThingThatIsNotFoundForADocument() {
        service.refuses(Problem.of(ProblemType.NOT_FOUND, "no such address"));

        StepVerifier.create(client.document("products/p42").get()).expectError().verify(PATIENCE);
    }

    @Test
    void readsDocumentsTogether() {
        service.answers(200, "{\"documents\":[" + document("a/1", 4, "{}") + ",{\"document\":\"a/2\",\"version\":0}]}");

        assertThat(client.getAll("a/1", "a/2").block(PATIENCE))
                .extracting(Document::version)
                .containsExactly(4L, 0L);
        assertThat(service.bodies("/v1/read")).containsExactly("{\"documents\":[\"a/1\",\"a/2\"]}");
    }

    @Test
    void followsTheCursorsOfAQuery() {
        threePages();

        StepVerifier.create(client.collection("a")
                        .query(q -> q.withWhere(Where.field("n").gt(0))
                                .withOrderBy(SortKey.descending("n"))
                                .withLimit(1)))
                .expectNextCount(3)
                .expectComplete()
                .verify(PATIENCE);

        assertThat(service.bodies("/v1/query"))
                .element(1)
                .isEqualTo("{\"collection\":\"a\",\"where\":{\"n\":{\"gt\":0}},\"orderBy\":[\"-n\"],"
                        + "\"limit\":1,\"cursor\":\"c1\"}");
    }

    @Test
    void asksForAPageWhenTheOneBeforeIsGivenOut() {
        service.answers(
                200,
                "{\"documents\":[" + document("a/1", 4, "{}") + "," + document("a/2", 4, "{}")
                        + "],\"cursor\":\"c1\"}");
        service.answers(200, "{\"documents\":[" + document("a/3", 4, "{}") + "]}");

        StepVerifier.create(client.collection("a").query(), 1)
                .expectNextCount(1)
                .then(() -> assertThat(service.calls).hasSize(1))
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(service.calls).hasSize(2))
                .thenCancel()
                .verify(PATIENCE);
    }

    @Test
    void reportsAnAnswerThatCannotBeRead() {
        service.answers(200, "{}");

        assertThatThrownBy(() -> client.document("a/b").get().block(PATIENCE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the answer of the service cannot be read");
    }

    private void threePages() {
        service.answers(200, "{\"documents\":[" + document("a/1", 4, "{}") + "],\"cursor\":\"c1\"}");
        service.answers(200, "{\"documents\":[" + document("a/2", 4, "{}") + "],\"cursor\":\"c2\"}");
        service.answers(200, "{\"documents\":[" + document("a/3", 4, "{}") + "]}");
    }
}
