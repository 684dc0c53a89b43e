package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.value.ValueType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemJsonTest {

    private static final Problem FULL = Problem.of(ProblemType.TYPE_MISMATCH, "stock is a string")
            .withDocument("products/p42")
            .withOperator("increment", "stock")
            .withTypes(ValueType.NUMBER, ValueType.STRING)
            .withCurrent(new Problem.Current(7, Instant.parse("2026-11-21T08:00:00Z")))
            .withPointer("/increment/stock")
            .withIndex(2);

    @Test
    void writesTheMembersThatApply() {
        assertThat(text(ProblemJson.write(FULL)))
                .isEqualTo("{\"type\":\"urn:tributary:problem:type-mismatch\","
                        + "\"title\":\"The stored value has another type\",\"status\":422,"
                        + "\"detail\":\"stock is a string\",\"document\":\"products/p42\",\"operator\":\"increment\","
                        + "\"path\":\"stock\",\"expected\":\"number\",\"actual\":\"string\",\"current\":{\"version\":7,"
                        + "\"time\":\"2026-11-21T08:00:00.000000Z\"},\"pointer\":\"/increment/stock\",\"index\":2}");
    }

    @Test
    void namesTheDocumentsThatAreStale() {
        Problem conflict = Problem.of(ProblemType.CONFLICT, "a document changed meanwhile")
                .withStale(List.of(new Problem.Stale("accounts/a", 8), new Problem.Stale("accounts/b", 0)));

        assertThat(text(ProblemJson.write(conflict)))
                .endsWith("\"stale\":[{\"document\":\"accounts/a\",\"version\":8},"
                        + "{\"document\":\"accounts/b\",\"version\":0}]}");
        assertThat(ProblemJson.read(ProblemJson.write(conflict))).isEqualTo(conflict);
    }

    @Test
    void readsBackWhatItWrote() {
        assertThat(ProblemJson.read(ProblemJson.write(FULL))).isEqualTo(FULL);
    }

    @ParameterizedTest
    @EnumSource
    void keepsEveryType(ProblemType type) {
        assertThat(ProblemJson.read(ProblemJson.write(Problem.of(type, "x"))).type())
                .isEqualTo(type);
    }

    @Test
    void takesATypeItDoesNotKnowForOneOfTheSameStatus() {
        String json = "{\"type\":\"urn:tributary:problem:new\",\"status\":412,\"detail\":\"x\",\"more\":[{}]}";

        assertThat(ProblemJson.read(utf8(json)).type()).isEqualTo(ProblemType.CONDITION_FAILED);
    }

    @Test
    void writesEvenWhatALoneSurrogateHasSlippedInto() {
        Problem problem = Problem.of(ProblemType.UNKNOWN_MEMBER, "\uD83D");

        assertThat(ProblemJson.read(ProblemJson.write(problem)).detail()).isEqualTo("\uFFFD");
    }
}
