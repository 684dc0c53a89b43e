package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.ValueType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomeJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");
    private static final Outcome.Effect EFFECT =
            new Outcome.Effect(Map.of("a.b", new IntegerValue(Long.MAX_VALUE)), List.of("old"), List.of("large"));
    private static final Outcome.Applied FULL = new Outcome.Applied(
            DocumentName.of("tenant", "products/p42"),
            8,
            TIME,
            false,
            true,
            EFFECT,
            List.of(EFFECT, Outcome.Effect.NONE),
            MapValue.of(Map.of("a", new IntegerValue(1))));
    private static final Outcome.Applied PARTIAL = new Outcome.Applied(
            DocumentName.of("products/p42"),
            8,
            TIME,
            false,
            true,
            Outcome.Effect.NONE,
            List.of(),
            null,
            List.of(new Outcome.Skipped(
                    "price",
                    Problem.of(ProblemType.SCHEMA_VIOLATION, "too low")
                            .withViolations(List.of(new Problem.Violation("/price", "too low"))))));
    private static final Outcome.Applied NOTHING_THERE = new Outcome.Applied(
            DocumentName.of("products/p42"), 0, null, false, false, Outcome.Effect.NONE, List.of(), null);

    @Test
    void writesWhatACallerGets() {
        assertThat(text(OutcomeJson.write(FULL, IntegerForm.STRING)))
                .isEqualTo("{\"database\":\"tenant\",\"document\":\"products/p42\",\"version\":8,"
                        + "\"time\":\"2026-11-21T08:00:00.000001Z\",\"created\":false,\"modified\":true,"
                        + "\"changes\":{\"a.b\":{\"@integer\":\"9223372036854775807\"}},\"removed\":[\"old\"],"
                        + "\"omitted\":[\"large\"],\"results\":[{\"changes\":{\"a.b\":"
                        + "{\"@integer\":\"9223372036854775807\"}},\"removed\":[\"old\"],\"omitted\":[\"large\"]},{}],"
                        + "\"data\":{\"a\":1}}");
    }

    @Test
    void leavesOutWhatThereIsNot() {
        assertThat(text(OutcomeJson.write(NOTHING_THERE, IntegerForm.NUMBER)))
                .isEqualTo("{\"document\":\"products/p42\",\"version\":0,\"created\":false,\"modified\":false}");
    }

    @Test
    void namesWhatWasLeftOut() {
        assertThat(text(OutcomeJson.write(PARTIAL, IntegerForm.NUMBER)))
                .endsWith("\"skipped\":[{\"path\":\"price\",\"problem\":{"
                        + "\"type\":\"urn:tributary:problem:schema-violation\","
                        + "\"title\":\"The document would violate its schema\",\"status\":422,\"detail\":\"too low\","
                        + "\"violations\":[{\"pointer\":\"/price\",\"detail\":\"too low\"}]}}]}");
        assertThat(OutcomeJson.read(OutcomeJson.write(PARTIAL, IntegerForm.NUMBER)))
                .isEqualTo(PARTIAL);
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(OutcomeJson.read(OutcomeJson.write(FULL, IntegerForm.STRING)))
                .isEqualTo(FULL);
        assertThat(OutcomeJson.read(OutcomeJson.write(NOTHING_THERE, IntegerForm.NUMBER)))
                .isEqualTo(NOTHING_THERE);
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        assertThat(OutcomeJson.read(utf8("{\"document\":\"a/b\",\"version\":1,\"new\":{\"x\":[]}}"))
                        .version())
                .isEqualTo(1);
    }

    @Test
    void storesWhatWasApplied() {
        assertThat(OutcomeJson.readStored(OutcomeJson.writeStored(FULL))).isEqualTo(FULL);
    }

    @Test
    void storesARefusalWithItsProblem() {
        Outcome refused = new Outcome.Refused(
                DocumentName.of("tenant", "products/p42"),
                Problem.of(ProblemType.TYPE_MISMATCH, "stock is a string")
                        .withDocument("products/p42")
                        .withOperator("increment", "stock")
                        .withTypes(ValueType.NUMBER, ValueType.STRING)
                        .withCurrent(new Problem.Current(7, TIME))
                        .withIndex(3));

        assertThat(OutcomeJson.readStored(OutcomeJson.writeStored(refused))).isEqualTo(refused);
    }
}
