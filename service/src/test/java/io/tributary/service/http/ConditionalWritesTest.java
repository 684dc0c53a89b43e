package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.write.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

class ConditionalWritesTest {

    private static final String THERE = "/v1/documents/products/p42";
    private static final String MISSING = "/v1/documents/products/p43";

    private final Api api = new Api();

    @BeforeEach
    void putsADocumentOfVersion7() {
        api.store.put(DocumentName.of("products/p42"), 7, "{\"stock\":1}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match|\"7\"",
                "If-Match|W/\"7\"",
                "If-Match|\"6\", \"7\"",
                "If-Match|*",
                "If-None-Match|\"6\"",
                "If-None-Match|\"5\", W/\"6\"",
                "If-None-Match|\"not-a-version\"",
            })
    void appliesAWriteWhoseTagsHold(String header, String tags) {
        api.json(HttpMethod.PUT, THERE, "{}")
                .header(header, tags)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match|\"6\"",
                "If-Match|\"5\", \"6\"",
                "If-Match|\"not-a-version\"",
                "If-Match|\"07\"",
                "If-None-Match|\"7\"",
                "If-None-Match|\"6\", W/\"7\"",
                "If-None-Match|*",
            })
    void refusesAWriteWhoseTagsDoNotHold(String header, String tags) {
        var response =
                api.json(HttpMethod.PUT, THERE, "{}").header(header, tags).exchange();

        response.expectHeader().valueEquals("ETag", "\"7\"");
        Problems.expect(response, 412, "condition-failed")
                .jsonPath("$.current.version")
                .isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"7\"", "\"1\", \"2\""})
    void refusesToReplaceAMissingDocumentThatShouldBeThere(String tags) {
        var response =
                api.json(HttpMethod.PUT, MISSING, "{}").header("If-Match", tags).exchange();

        Problems.expect(response, 412, "condition-failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"7\""})
    void createsADocumentThatShouldNotBeThere(String tags) {
        api.json(HttpMethod.PUT, MISSING, "{}")
                .header("If-None-Match", tags)
                .exchange()
                .expectStatus()
                .isCreated();
    }

    @Test
    void takesTagsFromSeveralLines() {
        api.json(HttpMethod.PUT, THERE, "{}")
                .header("If-Match", "\"6\"", "\"7\"")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void asksForOneVersionAsAVersion() {
        api.request(HttpMethod.DELETE, THERE).header("If-Match", "\"7\"").exchange();

        assertThat(api.writes.last().condition()).isEqualTo(Condition.version(7));
    }

    @ParameterizedTest
    @CsvSource({"PUT, {}", "PATCH, '{\"set\":{}}'"})
    void refusesAWriteWhoseFilterDoesNotHold(String method, String body) {
        var response = api.json(HttpMethod.valueOf(method), THERE + "?where=%7B%22stock%22:2%7D", body)
                .exchange();

        Problems.expect(response, 412, "condition-failed");
    }

    @Test
    void appliesADeleteWhoseFilterHolds() {
        api.delete(THERE + "?where=%7B%22stock%22:%7B%22gte%22:1%7D%7D")
                .expectStatus()
                .isNoContent();
    }

    @Test
    void refusesADeleteWhoseFilterDoesNotHold() {
        Problems.expect(api.delete(THERE + "?where=%7B%22stock%22:2%7D"), 412, "condition-failed");
    }

    @Test
    void appliesAMergePatchUnderAFilter() {
        api.body(HttpMethod.PATCH, THERE + "?where=%7B%22stock%22:1%7D", Api.MERGE_PATCH, "{\"stock\":2}")
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void refusesAFilterThatIsNone() {
        Problems.expect(api.delete(THERE + "?where=stock"), 400, "malformed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"7\"|{\"version\":6}|412",
                "\"6\"|{\"version\":7}|412",
                "\"7\"|{\"version\":7}|200",
                "*|{\"exists\":false}|412",
                "\"7\"|{\"where\":{\"stock\":2}}|412",
                "\"7\"|{\"where\":{\"stock\":1}}|200",
                "\"6\",\"7\"|{\"where\":{\"stock\":1}}|200",
            })
    void holdsABodyAndItsHeadersToAllTheyAskFor(String tags, String condition, int status) {
        api.json(HttpMethod.PATCH, THERE, "{\"set\":{\"a\":1},\"if\":" + condition + "}")
                .header("If-Match", tags)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"7", "*,\"7\"", ""})
    void refusesTagsThatAreNone(String tags) {
        var response =
                api.json(HttpMethod.PUT, THERE, "{}").header("If-Match", tags).exchange();

        Problems.expect(response, 400, "malformed");
    }
}
