package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.change.ProblemType;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OutcomesTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");
    private static final Instant LATER = TIME.plusSeconds(1);
    private static final DocumentState STORED = apply(
                    DocumentState.missing(Json.NAME), new Action.Create(Json.map("{\"a\": 1}")))
            .after();

    @Test
    void tellsWhatChanged() {
        var outcome = outcome(STORED, Json.update("{\"set\": {\"b\": 2}, \"unset\": [\"a\"]}"));

        assertThat(outcome.version()).isEqualTo(2);
        assertThat(outcome.time()).isEqualTo(LATER);
        assertThat(outcome.modified()).isTrue();
        assertThat(outcome.created()).isFalse();
        assertThat(outcome.effect().changes()).isEqualTo(Json.map("{\"b\": 2}").members());
        assertThat(outcome.effect().removed()).containsExactly("a");
        assertThat(outcome.data()).isNull();
    }

    @Test
    void tellsOfAnUnchangedDocumentItsOwnVersion() {
        var outcome = outcome(STORED, Json.update("{\"set\": {\"a\": 1}}"));

        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.time()).isEqualTo(TIME);
        assertThat(outcome.modified()).isFalse();
        assertThat(outcome.effect()).isEqualTo(Outcome.Effect.NONE);
    }

    @Test
    void tellsOfADeleteItsVersion() {
        var outcome = outcome(STORED, Write.of(Json.NAME, new Action.Delete()));

        assertThat(outcome.version()).isEqualTo(2);
        assertThat(outcome.time()).isEqualTo(LATER);
    }

    @Test
    void tellsOfADeleteOfNothingVersionZeroAndNoTime() {
        var deleted = apply(STORED, new Action.Delete()).after();
        var outcome = outcome(deleted, Write.of(Json.NAME, new Action.Delete()));

        assertThat(outcome.version()).isZero();
        assertThat(outcome.time()).isNull();
        assertThat(outcome.modified()).isFalse();
    }

    @Test
    void tellsTheEffectOfEachStep() {
        var outcome = outcome(STORED, Json.update("{\"steps\": [{\"set\": {\"a\": 2}}, {\"set\": {\"a\": 3}}]}"));

        assertThat(outcome.steps())
                .extracting(effect -> MapValue.of(effect.changes()))
                .containsExactly(Json.map("{\"a\": 2}"), Json.map("{\"a\": 3}"));
    }

    @Test
    void tellsAsLittleAsIsAskedFor() {
        var outcome = outcome(STORED, Json.update("""
                {"steps": [{"set": {"a": 2}}, {"set": {"a": 3}}], "return": "minimal"}"""));

        assertThat(outcome.version()).isEqualTo(2);
        assertThat(outcome.effect()).isEqualTo(Outcome.Effect.NONE);
        assertThat(outcome.steps()).isEmpty();
    }

    @Test
    void carriesTheWholeDocumentWhereAskedFor() {
        var outcome = outcome(STORED, Json.update("{\"set\": {\"b\": 2}, \"return\": \"document\"}"));

        assertThat(outcome.data()).isEqualTo(Json.map("{\"a\": 1, \"b\": 2}"));
        assertThat(outcome.effect().changes()).containsOnlyKeys("b");
    }

    @Test
    void repeatsAValueOfSixteenKibibytes() {
        var outcome = outcome(STORED, new Action.MergePatch(text(16 * 1024 - 2), false));

        assertThat(outcome.effect().changes()).containsOnlyKeys("text");
        assertThat(outcome.effect().omitted()).isEmpty();
    }

    @Test
    void omitsALargerValue() {
        var outcome =
                outcome(STORED, new Action.MergePatch(text(16 * 1024 - 1).with("b", new StringValue("x")), false));

        assertThat(outcome.effect().changes()).containsOnlyKeys("b");
        assertThat(outcome.effect().omitted()).containsExactly("text");
    }

    @Test
    void namesTheDocumentOfARefusal() {
        var write = Json.update("{\"append\": {\"a\": [1]}}");
        var outcome = Documents.apply(STORED, write, LATER, null, DocumentLimits.DEFAULT)
                .outcome(write);

        assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
            assertThat(refused.document()).isEqualTo(Json.NAME);
            assertThat(refused.problem().type()).isEqualTo(ProblemType.TYPE_MISMATCH);
            assertThat(refused.problem().document()).isEqualTo("products/p42");
        });
    }

    private static MapValue text(int length) {
        return MapValue.of(Map.of("text", new StringValue("x".repeat(length))));
    }

    private static Outcome.Applied outcome(DocumentState before, Action action) {
        return outcome(before, Write.of(Json.NAME, action));
    }

    private static Outcome.Applied outcome(DocumentState before, Write write) {
        var result = Documents.apply(before, write, LATER, null, DocumentLimits.DEFAULT);
        return (Outcome.Applied) result.outcome(write);
    }

    private static Result apply(DocumentState before, Action action) {
        return Documents.apply(before, Write.of(Json.NAME, action), TIME, null, DocumentLimits.DEFAULT);
    }
}
