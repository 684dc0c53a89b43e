package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What a collection's schema does not allow is not written, whichever way it comes; on request, the rest is. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SchemaIT {

    private static final String SCHEMA = """
            {"$schema": "https://json-schema.org/draft/2020-12/schema",
             "type": "object", "required": ["name"], "additionalProperties": false,
             "properties": {
               "name": {"type": "string", "pattern": "^[a-z ]+$"},
               "price": {"type": "number", "minimum": 0},
               "stock": {"type": "integer", "minimum": 0},
               "contact": {"type": "object", "properties": {"mail": {"format": "email"}, "city": {"type": "string"}}},
               "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}}}}
            """;

    private final Http http;
    private final Topics topics;

    SchemaIT(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
    }

    @BeforeEach
    void makeTheSchema() {
        http.deletePath("/v1/schemas/shelf");
        assertThat(http.putPath("/v1/schemas/shelf", SCHEMA).status()).isEqualTo(201);
    }

    @AfterEach
    void close() {
        http.deletePath("/v1/schemas/shelf");
        topics.close();
        http.close();
    }

    @Test
    void savesTheTwoGoodFieldsOfFive() {
        http.put("shelf/two", "{\"name\": \"chair\", \"stock\": 2}");

        Http.Reply reply = http.patch("shelf/two", """
                {"set": {"name": "CHAIR", "price": -1, "colour": "red"}, "increment": {"stock": 3},
                 "append": {"tags": ["new"]}, "onInvalid": "skip"}
                """);

        assertThat(reply.status()).as("%s", reply).isEqualTo(200);
        assertThat(reply.json().get("skipped").findValuesAsString("path"))
                .containsExactlyInAnyOrder("name", "price", "colour");
        assertThat(reply.json().at("/skipped/0/problem/type").asString())
                .isEqualTo("urn:tributary:problem:schema-violation");
        assertThat(http.data("shelf/two").toString()).isEqualTo(json("{'name':'chair','tags':['new'],'stock':5}"));
    }

    @Test
    void refusesWhatHasNoGoodField() {
        http.put("shelf/none", "{\"name\": \"chair\"}");

        Http.Reply reply = http.patch("shelf/none", """
                {"set": {"name": 1, "price": -1}, "increment": {"tags": 1}, "onInvalid": "skip"}
                """);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.problem()).isEqualTo("nothing-valid");
        assertThat(reply.json().get("violations").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/name", "/price", "/tags");
        assertThat(http.get("shelf/none").json().get("version").asInt()).isEqualTo(1);
    }

    @Test
    void savesTheGoodFieldsOfNestedMapsAndNoArrayThatIsBad() {
        http.put("shelf/nested", "{\"name\": \"chair\"}");

        Http.Reply reply = http.patch("shelf/nested", """
                {"set": {"contact": {"mail": "nobody", "city": "Ulm"}, "tags": ["a", 2]}, "onInvalid": "skip"}
                """);

        assertThat(reply.json().get("skipped").findValuesAsString("path"))
                .containsExactlyInAnyOrder("contact.mail", "tags");
        assertThat(http.data("shelf/nested").get("contact").toString()).isEqualTo(json("{'city':'Ulm'}"));
        assertThat(http.data("shelf/nested").has("tags")).isFalse();
    }

    @Test
    void refusesWithAllViolationsUnlessToldToSkip() {
        Http.Reply reply = http.put("shelf/all", "{\"price\": -1, \"contact\": {\"mail\": \"x\"}}");

        assertThat(reply.problem()).isEqualTo("schema-violation");
        assertThat(reply.json().get("violations").findValuesAsString("pointer"))
                .containsExactlyInAnyOrder("/name", "/price", "/contact/mail");
        assertThat(http.get("shelf/all").status()).isEqualTo(404);
    }

    @Test
    void createsADocumentOfItsGoodFields() {
        Http.Reply reply =
                http.put("shelf/part?onInvalid=skip", "{\"name\": \"chair\", \"price\": \"much\", \"stock\": 1}");

        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
        assertThat(reply.json().get("skipped").findValuesAsString("path")).containsExactly("price");
        assertThat(http.data("shelf/part").toString()).isEqualTo(json("{'name':'chair','stock':1}"));
    }

    @Test
    void refusesABatchOfWhichOneWriteIsBad() {
        Http.Reply reply = http.postPath("/v1/batch", """
                {"writes": [{"document": "shelf/b1", "create": {"name": "good"}},
                            {"document": "shelf/b2", "create": {"name": "BAD"}}]}
                """);

        assertThat(reply.problem()).isEqualTo("schema-violation");
        assertThat(reply.json().get("index").asInt()).isEqualTo(1);
        assertThat(http.get("shelf/b1").status()).isEqualTo(404);
    }

    @Test
    void rejectsARecordWithThePlaceOfItsFault() {
        http.put("shelf/kafka", "{\"name\": \"chair\", \"stock\": 1}");
        try (TopicReader rejections = topics.rejectionsFromNow()) {
            topics.send(Topics.update("shelf/kafka", "{\"increment\": {\"stock\": -2}}"));

            var rejection = await().atMost(Duration.ofMinutes(1)).until(rejections::read, read -> !read.isEmpty());

            assertThat(TopicReader.header(rejection.getFirst(), "tributary-problem"))
                    .isEqualTo("schema-violation");
            assertThat(TopicReader.header(rejection.getFirst(), "tributary-pointer"))
                    .isEqualTo("/stock");
        }
        assertThat(http.data("shelf/kafka").get("stock").asInt()).isEqualTo(1);
    }

    @Test
    void failsTheDocumentsOfAnUpdateByQueryThatWouldBeBad() {
        http.put("shelf/q1", "{\"name\": \"cheap\", \"price\": 1}");
        http.put("shelf/q2", "{\"name\": \"dear\", \"price\": 9}");

        JsonNode report = http.postPath(
                        "/v1/update-by-query",
                        "{\"collection\": \"shelf\", \"where\": {\"price\": {\"in\": [1, 9]}}, \"increment\": {\"price\": -5},"
                                + " \"limit\": 10, \"orderBy\": \"price\"}")
                .json();

        assertThat(report.get("modified").asInt()).isEqualTo(1);
        assertThat(report.at("/results/0/problem/violations/0/pointer").asString())
                .isEqualTo("/price");
    }

    @Test
    void tellsWhichStoredDocumentsASchemaWouldRefuse() {
        http.put("shelf/old", "{\"name\": \"chair\"}");
        http.put("shelf/dear", "{\"name\": \"table\", \"price\": 7}");

        Http.Reply begun = http.putPath("/v1/schemas/shelf?validate=existing", "{\"required\": [\"price\"]}");

        assertThat(begun.status()).as("%s", begun).isEqualTo(202);
        String job = begun.header("Location").orElseThrow();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> http.getPath(job).json().get("state").asString().equals("succeeded"));
        JsonNode ended = http.getPath(job).json();
        assertThat(ended.at("/failures").findValuesAsString("pointer")).contains("/price");
        assertThat(ended.get("failures").findValuesAsString("document"))
                .contains("shelf/old")
                .doesNotContain("shelf/dear");
        assertThat(http.getPath("/v1/schemas/shelf").json().get("version").asInt())
                .isPositive();
        assertThat(http.put("shelf/new", "{\"name\": \"bench\"}").status()).isEqualTo(201);
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
