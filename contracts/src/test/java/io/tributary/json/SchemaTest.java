package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tributary.change.ProblemException;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schemas and the codec hold the same examples for right and for wrong. */
class SchemaTest {

    private static final Map<String, String> SCHEMAS = GoldenFile.schemas().stream()
            .collect(Collectors.toMap(
                    name -> "urn:tributary:schema:" + name,
                    name -> GoldenFile.text("/io/tributary/schema/" + name + ".schema.json")));

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(SCHEMAS));

    private static final Schema WRITE = REGISTRY.getSchema(SchemaLocation.of("urn:tributary:schema:write"));
    private static final Schema BATCH = REGISTRY.getSchema(SchemaLocation.of("urn:tributary:schema:batch"));
    private static final Schema CHANGE = REGISTRY.getSchema(SchemaLocation.of("urn:tributary:schema:change"));

    @ParameterizedTest
    @MethodSource
    void bothTakeAWrite(String json) {
        assertThat(WRITE.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(new String(WriteJson.write(readWrite(json)), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    static Stream<String> bothTakeAWrite() {
        return GoldenFile.lines("writes-valid.ndjson");
    }

    @ParameterizedTest
    @MethodSource
    void bothRefuseAWrite(GoldenFile.Refused example) {
        assertThat(WRITE.validate(example.json(), InputFormat.JSON).isEmpty()).isEqualTo(example.beyondSchema());
        refuses(SchemaTest::readWrite, example);
    }

    static Stream<GoldenFile.Refused> bothRefuseAWrite() {
        return GoldenFile.refused("writes-invalid.ndjson", "write");
    }

    @ParameterizedTest
    @MethodSource
    void bothTakeABatch(String json) {
        assertThat(BATCH.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(new String(BatchJson.write(readBatch(json)), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    static Stream<String> bothTakeABatch() {
        return GoldenFile.lines("batches-valid.ndjson");
    }

    @ParameterizedTest
    @MethodSource
    void bothRefuseABatch(GoldenFile.Refused example) {
        assertThat(BATCH.validate(example.json(), InputFormat.JSON).isEmpty()).isEqualTo(example.beyondSchema());
        refuses(SchemaTest::readBatch, example);
    }

    static Stream<GoldenFile.Refused> bothRefuseABatch() {
        return GoldenFile.refused("batches-invalid.ndjson", "batch");
    }

    @ParameterizedTest
    @MethodSource
    void bothTakeAChange(String json) {
        assertThat(CHANGE.validate(json, InputFormat.JSON)).isEmpty();
        assertThat(new String(
                        ChangeJson.write(ChangeJson.read(json.getBytes(StandardCharsets.UTF_8))),
                        StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    static Stream<String> bothTakeAChange() {
        return GoldenFile.lines("changes-valid.ndjson");
    }

    @ParameterizedTest
    @MethodSource
    void bothRefuseAChange(GoldenFile.Refused example) {
        assertThat(CHANGE.validate(example.json(), InputFormat.JSON)).isNotEmpty();
        refuses(json -> ChangeJson.read(json.getBytes(StandardCharsets.UTF_8)), example);
    }

    static Stream<GoldenFile.Refused> bothRefuseAChange() {
        return GoldenFile.refused("changes-invalid.ndjson", "change");
    }

    @ParameterizedTest
    @MethodSource("io.tributary.json.GoldenFile#schemas")
    void aSchemaIsAValidSchema(String name) {
        Schema meta = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        assertThat(meta.validate(SCHEMAS.get("urn:tributary:schema:" + name), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theMessagesOfAsyncApiReferToTheSchemas() {
        var messages = GoldenFile.tree(GoldenFile.text("/io/tributary/schema/asyncapi.json"))
                .at("/components/messages");

        assertThat(List.of("write", "batch", "change"))
                .allSatisfy(name -> assertThat(
                                messages.at("/" + name + "/payload/schema/$ref").asString())
                        .isEqualTo(name + ".schema.json"));
    }

    @Test
    void theExamplesOfAsyncApiAreValid() {
        var messages = GoldenFile.tree(GoldenFile.text("/io/tributary/schema/asyncapi.json"))
                .at("/components/messages");

        assertThat(WRITE.validate(messages.at("/write/examples/0/payload"))).isEmpty();
        assertThat(BATCH.validate(messages.at("/batch/examples/0/payload"))).isEmpty();
        assertThat(CHANGE.validate(messages.at("/change/examples/0/payload"))).isEmpty();
    }

    @Test
    void everyReferenceInsideAsyncApiLeadsSomewhere() {
        var document = GoldenFile.tree(GoldenFile.text("/io/tributary/schema/asyncapi.json"));

        assertThat(document.findValues("$ref"))
                .extracting(reference -> reference.asString())
                .filteredOn(reference -> reference.startsWith("#"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .isFalse());
    }

    private static Write readWrite(String json) {
        return WriteJson.readRecord(json.getBytes(StandardCharsets.UTF_8), null, Limits.DEFAULT);
    }

    private static Batch readBatch(String json) {
        return BatchJson.read("default", json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }

    private static void refuses(Function<String, ?> reader, GoldenFile.Refused example) {
        assertThatThrownBy(() -> reader.apply(example.json())).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().type().slug()).isEqualTo(example.problem());
            assertThat(e.problem().pointer()).isEqualTo(example.pointer());
        });
    }
}
