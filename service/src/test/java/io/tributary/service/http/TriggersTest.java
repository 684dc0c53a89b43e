package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.store.Definition;
import io.tributary.trigger.TriggerFailure;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

class TriggersTest {

    private static final String PATH = "/v1/triggers/restock";
    private static final String TRIGGER = """
            {"collection": "products", "on": ["update"], "where": {"stock": {"lt": 5}}, "changed": ["stock"],
             "do": {"writes": [{"document": "orders/${document.id}", "create": {"left": "${after.stock}"}}]}}
            """;
    private static final String WEBHOOK = """
            {"collection": "products",
             "do": {"webhook": {"url": "https://example.com/", "headers": {"X-Key": "hidden"}, "secret": "hidden"}}}
            """;

    private final Api api = new Api();

    @Test
    void savesATrigger() {
        WebTestClient.ResponseSpec saved = api.put(PATH, TRIGGER);

        saved.expectStatus().isCreated().expectHeader().valueEquals("ETag", "\"1\"");
        saved.expectBody()
                .jsonPath("$.name")
                .isEqualTo("restock")
                .jsonPath("$.on[0]")
                .isEqualTo("update")
                .jsonPath("$.do.writes[0].create.left")
                .isEqualTo("${after.stock}");
    }

    @Test
    void savesTheNextVersionOverTheOneThatIsNamed() {
        api.put(PATH, TRIGGER);

        api.request(HttpMethod.PUT, PATH)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .bodyValue(WEBHOOK)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("ETag", "\"2\"");
    }

    @Test
    void savesNothingOverAnotherVersion() {
        api.put(PATH, TRIGGER);

        api.request(HttpMethod.PUT, PATH)
                .header("Content-Type", "application/json")
                .header("If-None-Match", "*")
                .bodyValue(WEBHOOK)
                .exchange()
                .expectStatus()
                .isEqualTo(412);
    }

    @Test
    void showsNoSecret() {
        api.put(PATH, WEBHOOK);

        api.get(PATH)
                .expectBody(String.class)
                .value(body ->
                        assertThat(body).contains("\"signed\":true", "X-Key").doesNotContain("hidden"));
    }

    @Test
    void showsItsLastFailures() {
        api.put(PATH, TRIGGER);
        api.triggerFailures
                .add(
                        new Definition.Key(Definition.Kind.TRIGGER, "default", "restock"),
                        new TriggerFailure(
                                Instant.EPOCH, "products/p1", 7, "bad-value", "${after.stock} leads nowhere"))
                .block();

        api.get(PATH)
                .expectBody()
                .jsonPath("$.failures[0].document")
                .isEqualTo("products/p1")
                .jsonPath("$.failures[0].problem")
                .isEqualTo("bad-value");
    }

    @Test
    void listsTheTriggersOfADatabase() {
        api.put("/v1/databases/shop/triggers/restock", TRIGGER);

        api.get("/v1/databases/shop/triggers")
                .expectBody()
                .jsonPath("$.triggers.length()")
                .isEqualTo(1);
        api.get("/v1/triggers").expectBody().jsonPath("$.triggers.length()").isEqualTo(0);
    }

    @Test
    void deletesATrigger() {
        api.put(PATH, TRIGGER);

        api.request(HttpMethod.DELETE, PATH).exchange().expectStatus().isNoContent();

        api.get(PATH).expectStatus().isNotFound();
        api.request(HttpMethod.DELETE, PATH).exchange().expectStatus().isNotFound();
    }

    @Test
    void namesTheMistakeInATrigger() {
        api.put(PATH, TRIGGER.replace("document.id", "document.number"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.pointer")
                .isEqualTo("/do/writes/0/document");
    }

    @Test
    void refusesWhatChangesDoNotCarry() {
        api.put(PATH, TRIGGER.replace("after.stock", "before.stock"))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .value(detail -> assertThat(detail.toString()).contains("tributary.changes.before"));
    }

    @Test
    void refusesANameThatIsNone() {
        api.put("/v1/triggers/-x", TRIGGER).expectStatus().isBadRequest();
    }
}
