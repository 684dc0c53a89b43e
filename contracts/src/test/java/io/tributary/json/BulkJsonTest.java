package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BulkAnswer;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkJsonTest {

    private static final Write DELETE =
            Write.of(DocumentName.of("tenant", "a/b"), new Action.Delete()).withId("x");

    @Test
    void readsAWriteOfItsDatabase() {
        String line = "{\"id\":\"x\",\"document\":\"a/b\",\"delete\":true}";

        assertThat(BulkJson.read("tenant", utf8(line), Limits.DEFAULT)).isEqualTo(DELETE);
    }

    @Test
    void readsBackALineThatItWrote() {
        assertThat(BulkJson.read("tenant", BulkJson.write(DELETE), Limits.DEFAULT))
                .isEqualTo(DELETE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"delete":true}                                        | bad-path  | ''
                    {"document":"a","delete":true}                         | bad-path  | /document
                    {"document":"a/b","database":"other","delete":true}    | bad-value | /database
                    {"document":"a/b"}                                     | malformed | ''
                    [1]                                                    | bad-value | ''
                    """)
    void refusesWhatIsNoWriteOfThisDatabase(String line, String slug, String pointer) {
        Problem problem = Refusal.of(() -> BulkJson.read("tenant", utf8(line), Limits.DEFAULT));

        assertThat(problem.type().slug()).isEqualTo(slug);
        assertThat(problem.pointer()).isEqualTo(pointer);
    }

    @ParameterizedTest
    @CsvSource({"true, 201", "false, 200"})
    void writesWhatALineDid(boolean created, int status) {
        assertThat(text(BulkJson.writeAnswer(applied(created), IntegerForm.NUMBER)))
                .isEqualTo("{\"line\":7,\"status\":" + status + ",\"document\":\"a/b\",\"version\":1,\"created\":"
                        + created + ",\"modified\":true}");
    }

    @Test
    void writesWhyALineDidNothing() {
        assertThat(text(BulkJson.writeAnswer(refused(), IntegerForm.NUMBER)))
                .startsWith("{\"line\":7,\"status\":404,\"problem\":{\"type\":\"urn:tributary:problem:not-found\"");
    }

    @Test
    void readsBackAnAnswerThatItWrote() {
        assertThat(BulkJson.readAnswer(BulkJson.writeAnswer(applied(true), IntegerForm.STRING)))
                .isEqualTo(applied(true));
        assertThat(BulkJson.readAnswer(BulkJson.writeAnswer(refused(), IntegerForm.NUMBER)))
                .isEqualTo(refused());
    }

    @Test
    void ignoresMembersOfAnswersThatItDoesNotKnow() {
        assertThat(BulkJson.readAnswer(utf8("{\"line\":1,\"new\":[{}],\"document\":\"a/b\"}"))
                        .line())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"line\":1}", "{\"document\":\"a/b\"}", "{\"line\":\"1\"}"})
    void refusesWhatIsNoAnswer(String json) {
        assertThat(Refusal.of(() -> BulkJson.readAnswer(utf8(json))).type()).isEqualTo(ProblemType.BAD_VALUE);
    }

    private static BulkAnswer applied(boolean created) {
        return new BulkAnswer.Applied(
                7,
                new Outcome.Applied(
                        DocumentName.of("a/b"), 1, null, created, true, Outcome.Effect.NONE, List.of(), null));
    }

    private static BulkAnswer refused() {
        return new BulkAnswer.Refused(7, Problem.of(ProblemType.NOT_FOUND, "no such document"));
    }
}
