package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import io.tributary.write.Operator;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.util.StringUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenApiTest {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final String HOME = "https://tributary.example/openapi.json";

    private static final String UPDATE_BY_QUERY =
            "{\"collection\":\"products\",\"where\":{},\"all\":true,\"increment\":{\"stock\":1},\"limit\":%d}";

    private final Api api = new Api();
    private final JsonNode document = new JsonMapper().readTree(body(api.get("/openapi.json")));

    @Test
    void describesEveryRouteAndNoOther() {
        Set<String> routes = api.routes.resources().stream()
                .flatMap(resource -> resource.templates().stream()
                        .flatMap(path -> resource.methods().stream().map(method -> method + " " + path)))
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> described = operations(document)
                .map(operation -> operation.method() + " " + operation.path())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(described).isEqualTo(routes);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void namesTheQueryParametersThatARouteTakes(String method, String path) {
        Set<String> taken = parametersIn(refusalOfAnUnknownParameter(method, path, "application/json"));
        if (document.at("/paths").path(path).path(method).toString().contains("text/event-stream")) {
            taken.addAll(parametersIn(refusalOfAnUnknownParameter(method, path, "text/event-stream")));
        }

        Set<String> described = document.path("paths")
                .path(path)
                .path(method)
                .path("parameters")
                .valueStream()
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toSet());

        assertThat(described).isEqualTo(taken);
    }

    private static Set<String> parametersIn(ResponseSpec refusal) {
        String detail = String.valueOf(
                new JsonMapper().readTree(body(refusal)).path("detail").asString());
        return Arrays.stream(detail.replaceFirst(".*takes: (none)?", "").split(", "))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void isAnOpenApi31Document() {
        assertThat(document.path("openapi").asString()).startsWith("3.1.");
        assertThat(document.path("info").path("title").asString()).isNotEmpty();
        assertThat(document.path("info").path("version").asString()).isNotEmpty();
        assertThat(document.propertyNames()).isSubsetOf("openapi", "info", "servers", "tags", "paths", "components");
    }

    @Test
    void givesEveryOperationAnIdOfItsOwn() {
        assertThat(operations(document)
                        .map(operation -> operation.node().path("operationId").asString()))
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void saysOfEveryOperationWhatItAnswers() {
        assertThat(operations(document)).allSatisfy(operation -> {
            JsonNode responses = operation.node().path("responses");
            assertThat(responses.size()).isPositive();
            assertThat(responses.propertyNames()).allMatch(status -> status.matches("[1-5][0-9][0-9]"));
            assertThat(responses.valueStream().map(this::resolved))
                    .allMatch(response -> response.path("description").isString());
        });
    }

    @Test
    void declaresThePartsOfItsPaths() {
        document.path("paths").properties().forEach(path -> {
            Set<String> parts = Pattern.compile("\\{(\\w+)}")
                    .matcher(path.getKey())
                    .results()
                    .map(part -> part.group(1))
                    .collect(Collectors.toSet());

            Set<String> declared = path.getValue()
                    .path("parameters")
                    .valueStream()
                    .map(this::resolved)
                    .filter(parameter -> parameter.path("in").asString().equals("path"))
                    .filter(parameter -> parameter.path("required").asBoolean())
                    .map(parameter -> parameter.path("name").asString())
                    .collect(Collectors.toSet());

            assertThat(declared).as(path.getKey()).isEqualTo(parts);
        });
    }

    @Test
    void refersToNothingThatIsNotThere() {
        Set<String> dangling = references()
                .filter(reference -> document.at(reference.substring(1)).isMissingNode())
                .collect(Collectors.toSet());

        assertThat(dangling).isEmpty();
    }

    @Test
    void refersToEveryComponent() {
        Set<String> used = references().collect(Collectors.toSet());
        document.path("components")
                .properties()
                .forEach(kind -> kind.getValue()
                        .propertyNames()
                        .forEach(name -> assertThat(used)
                                .anyMatch(
                                        reference -> reference.equals("#/components/" + kind.getKey() + "/" + name))));
    }

    @Test
    void definesValidSchemas() {
        Schema metaSchema = SchemaRegistry.withDefaultDialect(Dialects.getDraft202012())
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        document.path("components")
                .path("schemas")
                .properties()
                .forEach(schema -> assertThat(metaSchema.validate(schema.getValue()))
                        .as(schema.getKey())
                        .isEmpty());
    }

    static Stream<Arguments> operations() {
        JsonNode document = new JsonMapper().readTree(body(new Api().get("/openapi.json")));
        return operations(document)
                .filter(operation -> !operation.method().equals(HttpMethod.HEAD))
                .map(operation -> Arguments.of(operation.method().name().toLowerCase(), operation.path()));
    }

    @Test
    void describesADocument() {
        api.store.put("products/p42", "{\"stock\":1}");

        fits("Document", api.get("/v1/documents/products/p42"));
    }

    @Test
    void describesAPage() {
        api.store.put("products/p42", "{\"stock\":1}").put("products/p43", "{}");

        fits("Page", api.get("/v1/documents/products?limit=1&total=true"));
    }

    @Test
    void describesDocumentsAsOfOneMoment() {
        api.store.put("products/p42", "{\"stock\":1}");

        fits("Snapshot", api.post("/v1/read", "{\"documents\":[\"products/p42\",\"products/p43\"]}"));
    }

    @Test
    void describesAnOutcome() {
        api.store.put("products/p42", "{\"stock\":1,\"old\":true}");

        fits(
                "Outcome",
                api.patch(
                        "/v1/documents/products/p42",
                        "{\"steps\":[{\"increment\":{\"stock\":1}},{\"unset\":[\"old\"]}],\"return\":\"document\"}"));
    }

    @Test
    void describesAProblem() {
        api.store.put("products/p42", "{\"stock\":\"many\"}");

        fits("Problem", api.patch("/v1/documents/products/p42", "{\"increment\":{\"stock\":1}}"));
    }

    @Test
    void describesASchema() {
        String schema = "{\"required\":[\"name\"]}";

        fits("CollectionSchema", api.put("/v1/schemas/products", schema));
        fits("CollectionSchemas", api.get("/v1/schemas"));
        fits("Problem", api.put("/v1/schemas/products", "{\"required\":1}"));
    }

    @Test
    void describesATrigger() {
        String trigger = "{\"collection\":\"products\",\"where\":{\"stock\":{\"lt\":5}},\"changed\":[\"stock\"],"
                + "\"do\":{\"webhook\":{\"url\":\"https://example.com/\"}}}";

        fits("SavedTrigger", api.put("/v1/triggers/restock", trigger));
        fits("SavedTriggers", api.get("/v1/triggers"));
        fits("Problem", api.put("/v1/triggers/restock", "{}"));
    }

    @Test
    void describesTheOutcomeOfABatch() {
        fits("BatchOutcome", api.post("/v1/batch", "{\"id\":\"k\",\"writes\":[{\"document\":\"a/b\",\"create\":{}}]}"));
    }

    @Test
    void describesAnUpdateByQuery() {
        api.store.put("products/p42", "{\"stock\":1}").put("products/p43", "{\"stock\":\"many\"}");

        fits("UpdateReport", api.post("/v1/update-by-query", UPDATE_BY_QUERY.formatted(10)));
    }

    @Test
    void describesAJob() {
        api.post("/v1/update-by-query", UPDATE_BY_QUERY.formatted(2_000));

        api.put("/v1/schemas/products?validate=existing", "{}");

        fits("Job", api.get("/v1/jobs/1"));
        fits("Job", api.get("/v1/jobs/2"));
        fits("JobPage", api.get("/v1/jobs?limit=1"));
    }

    @Test
    void describesEveryMemberOfAnUpdateByQuery() {
        assertThat(document.at("/components/schemas/UpdateByQuery/properties").propertyNames())
                .containsAll(document.at("/components/schemas/Step/properties").propertyNames())
                .allSatisfy(member -> Problems.expect(
                                api.post("/v1/update-by-query", "{\"" + member + "\":null}"), 400, "bad-value")
                        .jsonPath("$.pointer")
                        .isEqualTo("/" + member));
    }

    @Test
    void describesAnOverview() {
        fits("Overview", api.get("/v1"));
    }

    @Test
    void describesEveryOperator() {
        Set<String> operators = Arrays.stream(Operator.class.getPermittedSubclasses())
                .map(type -> StringUtils.uncapitalize(type.getSimpleName()))
                .collect(Collectors.toSet());

        assertThat(document.at("/components/schemas/Step/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(operators);
    }

    @Test
    void describesEveryMemberOfAWriteOfABatch() {
        Set<String> members = new HashSet<>(
                document.at("/components/schemas/Update/properties").propertyNames());
        members.addAll(
                Set.of("database", "document", "create", "replace", "delete", "verify", "mergePatch", "jsonPatch"));

        assertThat(document.at("/components/schemas/BatchWrite/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(members);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesExamplesThatTheServiceTakes(HttpMethod method, String path, String pointer) {
        api.store.put("products/p42", "{\"stock\":1,\"tags\":[]}");

        api.json(method, path, document.at(pointer).toString())
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    static List<Arguments> examples() {
        String patch = "/paths/~1v1~1documents~1{collection}~1{id}/patch/requestBody/content/application~1json/example";
        return List.of(
                Arguments.of(HttpMethod.PATCH, "/v1/documents/products/p42", patch),
                Arguments.of(HttpMethod.POST, "/v1/query", "/components/schemas/Query/example"),
                Arguments.of(HttpMethod.POST, "/v1/read", "/components/schemas/Read/example"),
                Arguments.of(HttpMethod.POST, "/v1/batch", "/components/schemas/Batch/example"),
                Arguments.of(HttpMethod.POST, "/v1/update-by-query", "/components/schemas/UpdateByQuery/example"),
                Arguments.of(HttpMethod.PUT, "/v1/schemas/products", "/components/schemas/JsonSchema/example"),
                Arguments.of(HttpMethod.PUT, "/v1/triggers/restock", "/components/schemas/Trigger/example"),
                Arguments.of(HttpMethod.PUT, "/v1/documents/products/p43", "/components/schemas/Data/example"));
    }

    private record Operation(HttpMethod method, String path, JsonNode node) {}

    private static Stream<Operation> operations(JsonNode document) {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey()))
                        .map(member -> new Operation(
                                HttpMethod.valueOf(member.getKey().toUpperCase()), path.getKey(), member.getValue())));
    }

    private ResponseSpec refusalOfAnUnknownParameter(String method, String path, String accepted) {
        String url = path.replace("{database}", "shop")
                .replace("{collection}", "products")
                .replace("{trigger}", "restock")
                .replace("{id}", "p42");
        boolean bodiless = Set.of("get", "delete").contains(method);
        HttpMethod verb = HttpMethod.valueOf(method.toUpperCase());
        return bodiless
                ? api.request(verb, url + "?no-such=1")
                        .header("Accept", accepted)
                        .exchange()
                : api.json(verb, url + "?no-such=1", "{}").exchange();
    }

    private void fits(String schema, ResponseSpec response) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                Dialects.getDraft202012(), builder -> builder.schemas(Map.of(HOME, document.toString())));
        Schema described = registry.getSchema(SchemaLocation.of(HOME + "#/components/schemas/" + schema));

        assertThat(described.validate(new String(body(response), StandardCharsets.UTF_8), InputFormat.JSON))
                .isEmpty();
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private Stream<String> references() {
        return Pattern.compile("\"\\$ref\":\"([^\"]+)\"")
                .matcher(document.toString())
                .results()
                .map((MatchResult match) -> match.group(1));
    }

    private static byte[] body(ResponseSpec response) {
        return response.expectBody().returnResult().getResponseBodyContent();
    }
}
