package io.tributary.service.document.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentSchema;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Json;
import io.tributary.service.document.Result;
import io.tributary.service.schema.SchemaCompiler;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Write;
import io.tributary.write.WriteOptions;
import io.tributary.write.WriteOptions.OnInvalid;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every write whose invalid fields are skipped, tried with random ones. */
class PartialWritesTest {

    private static final int CASES = 2_000;
    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");
    private static final Set<ProblemType> REFUSALS = Set.of(ProblemType.SCHEMA_VIOLATION, ProblemType.NOTHING_VALID);

    private static final List<DocumentSchema> SCHEMAS = List.of(
            schema("{'properties':{'a':{'type':['integer','object']},'b':{'type':'object','required':['a']},"
                    + "'c':{'items':{'type':'number'},'maxItems':2}},'additionalProperties':false}"),
            schema("{'required':['a'],'properties':{'a':{'properties':{'b':{'minimum':0},'c':{'type':'string'}},"
                    + "'maxProperties':2,'additionalProperties':{'type':'array'}},'d.e':false}}"),
            schema(
                    "{'maxProperties':2,'anyOf':[{'required':['a']},{'required':['b'],'properties':{'b':{'type':'object'}}}],"
                            + "'dependentRequired':{'a':['b']}}"));

    static LongStream seeds() {
        return LongStream.range(0, 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leaveAValidDocumentOrRefuse(long seed) {
        var cases = new RandomCases(seed);
        int partial = 0;
        for (int i = 0; i < CASES; i++) {
            DocumentSchema schema = cases.oneOf(SCHEMAS);
            DocumentLimits limits = DocumentLimits.DEFAULT.withSchemas(document -> schema);
            DocumentState before = state(cases.map(3));
            Write write = Write.of(Json.NAME, action(cases));

            Result rejecting = Documents.apply(before, write, TIME, null, limits);
            Result skipping = Documents.apply(before, skipping(write), TIME, null, limits);

            String told = "seed %d: %s on %s".formatted(seed, write, before.data());
            switch (skipping) {
                case Result.Applied applied -> {
                    assertThat(schema.violations(data(applied.after())))
                            .as(told)
                            .isEmpty();
                    agrees(rejecting, skipping, applied.skipped(), told);
                    partial += applied.skipped().isEmpty() ? 0 : 1;
                }
                case Result.Unchanged unchanged -> agrees(rejecting, skipping, unchanged.skipped(), told);
                case Result.Refused refused -> {
                    assertThat(rejecting).as(told).isInstanceOf(Result.Refused.class);
                    assertThat(REFUSALS)
                            .as(told)
                            .contains(refused.problems().getFirst().type());
                }
            }
        }
        assertThat(partial).as("writes of which something was left").isGreaterThan(CASES / 50);
    }

    /** Something is left out of exactly those writes that would else be refused. */
    private static void agrees(Result rejecting, Result skipping, List<Outcome.Skipped> skipped, String told) {
        if (skipped.isEmpty()) {
            assertThat(skipping).as(told).isEqualTo(rejecting);
        } else {
            assertThat(rejecting).as(told).isInstanceOf(Result.Refused.class);
        }
    }

    private static Action action(RandomCases cases) {
        return switch (cases.upTo(5)) {
            case 0 -> new Action.Replace(cases.map(3));
            case 1 -> new Action.MergePatch(cases.map(3), true);
            default -> cases.update();
        };
    }

    private static Write skipping(Write write) {
        return write.withOptions(WriteOptions.DEFAULT.withOnInvalid(OnInvalid.SKIP));
    }

    private static DocumentState state(MapValue data) {
        return new DocumentState(Json.NAME, 4, data, new DocumentState.Lifetime(TIME, TIME, TIME, null, null));
    }

    private static MapValue data(DocumentState state) {
        return state.data() == null ? MapValue.EMPTY : state.data();
    }

    private static DocumentSchema schema(String json) {
        return SchemaCompiler.compile(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
