package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.value.IntegerValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchOutcomeJsonTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");
    private static final BatchOutcome.Applied APPLIED = new BatchOutcome.Applied(
            "0190f3",
            TIME,
            List.of(
                    applied("accounts/a", Map.of("balance", new IntegerValue(Long.MAX_VALUE))),
                    applied("accounts/b", Map.of())));

    @Test
    void writesWhatACallerGets() {
        assertThat(text(BatchOutcomeJson.write(APPLIED, IntegerForm.STRING)))
                .isEqualTo("{\"id\":\"0190f3\",\"time\":\"2026-11-21T08:00:00.000001Z\",\"results\":["
                        + "{\"document\":\"accounts/a\",\"version\":2,\"time\":\"2026-11-21T08:00:00.000001Z\","
                        + "\"created\":false,\"modified\":true,"
                        + "\"changes\":{\"balance\":{\"@integer\":\"9223372036854775807\"}}},"
                        + "{\"document\":\"accounts/b\",\"version\":2,\"time\":\"2026-11-21T08:00:00.000001Z\","
                        + "\"created\":false,\"modified\":true}]}");
    }

    @Test
    void leavesOutAnIdThatThereIsNot() {
        assertThat(text(BatchOutcomeJson.write(new BatchOutcome.Applied(null, TIME, List.of()), IntegerForm.NUMBER)))
                .isEqualTo("{\"time\":\"2026-11-21T08:00:00.000001Z\",\"results\":[]}");
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(BatchOutcomeJson.read(BatchOutcomeJson.write(APPLIED, IntegerForm.STRING)))
                .isEqualTo(APPLIED);
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        String json = "{\"time\":\"2026-11-21T08:00:00Z\",\"new\":[{}],\"results\":[{\"document\":\"a/b\",\"x\":1}]}";

        assertThat(BatchOutcomeJson.read(utf8(json)).results()).hasSize(1);
    }

    @Test
    void storesWhatWasApplied() {
        assertThat(BatchOutcomeJson.readStored(BatchOutcomeJson.writeStored(APPLIED)))
                .isEqualTo(APPLIED);
    }

    @Test
    void storesARefusalWithItsProblem() {
        BatchOutcome refused = new BatchOutcome.Refused(Problem.of(ProblemType.CONFLICT, "a document changed meanwhile")
                .withStale(List.of(new Problem.Stale("accounts/a", 3)))
                .withIndex(1));

        assertThat(BatchOutcomeJson.readStored(BatchOutcomeJson.writeStored(refused)))
                .isEqualTo(refused);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"results\":[]}", "[]", "{\"time\":1}", "{\"time\":\"now\"}"})
    void refusesWhatIsNoOutcome(String json) {
        assertThat(Refusal.of(() -> BatchOutcomeJson.read(utf8(json))).type()).isEqualTo(ProblemType.BAD_VALUE);
        assertThat(Refusal.of(() -> BatchOutcomeJson.readStored(utf8(json))).type())
                .isEqualTo(ProblemType.BAD_VALUE);
    }

    private static Outcome.Applied applied(String document, Map<String, Value> changes) {
        Outcome.Effect effect = new Outcome.Effect(changes, List.of(), List.of());
        return new Outcome.Applied(DocumentName.of(document), 2, TIME, false, true, effect, List.of(), null);
    }
}
