package io.tributary.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tributary.change.ProblemException;
import io.tributary.trigger.WriteTemplate;
import io.tributary.value.MapValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateJsonTest {

    private final MapValue data = ValueJson.readDocument(
            ("{\"n\": 7, \"d\": 1.0, \"s\": \"a \\\"b\\\"\", \"b\": true, \"none\": null,"
                            + " \"t\": {\"@timestamp\": \"2026-11-21T08:00:00Z\"}, \"m\": {\"x\": [1, 2]}}")
                    .getBytes(StandardCharsets.UTF_8),
            Limits.DEFAULT);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            "${after.n}"            | 7
            "${after.d}"            | 1.0
            "${after.s}"            | "a \\"b\\""
            "${after.none}"         | null
            "${after.t}"            | {"@timestamp":"2026-11-21T08:00:00.000000Z"}
            "${after.m}"            | {"x":[1,2]}
            "no ${after.n}."        | "no 7."
            "${after.n}${after.b}"  | "7true"
            "at ${after.t}"         | "at 2026-11-21T08:00:00.000000Z"
            "say ${after.s}"        | "say a \\"b\\""
            "$${after.n}"           | "${after.n}"
            "costs $5"              | "costs $5"
            {"${x}": [1.0, "a"]}    | {"${x}":[1.0,"a"]}
            """)
    void isFilled(String template, String filled) {
        assertThat(fill(template)).isEqualTo(filled);
    }

    @ParameterizedTest
    @CsvSource({"${after.gone},leads nowhere", "n is ${after.gone},leads nowhere", "all of ${after.m},is no text"})
    void cannotBeFilledWithWhatIsNotThere(String text, String detail) {
        var refused = catchThrowableOfType(ProblemException.class, () -> fill("\"" + text + "\""));

        assertThat(refused.problem().detail()).contains(detail);
    }

    @Test
    void keepsWhatHasNoPlaceholder() {
        assertThat(fill("{\"document\":\"a/b\",\"increment\":{\"n\":-1,\"x\":0.5}}"))
                .isEqualTo("{\"document\":\"a/b\",\"increment\":{\"n\":-1,\"x\":0.5}}");
    }

    private String fill(String template) {
        byte[] filled = TemplateJson.fill(new WriteTemplate(template), placeholder -> data.get(placeholder.path()));
        return new String(filled, StandardCharsets.UTF_8);
    }
}
