package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.value.ArrayValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueJsonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    1                         | 1
                    -0                        | 0
                    9223372036854775807       | 9223372036854775807
                    1.0                       | 1.0
                    -0.0                      | -0.0
                    1e5                       | 100000.0
                    1E+2                      | 100.0
                    1e300                     | 1.0E300
                    5e-324                    | 4.9E-324
                    {"@double":"2"}           | 2.0
                    {"@double":"-0"}          | -0.0
                    {"@double":"NaN"}         | {"@double":"NaN"}
                    {"@double":"-Infinity"}   | {"@double":"-Infinity"}
                    {"@integer":"-7"}         | -7
                    {"@bytes":"_-8"}          | {"@bytes":"/+8="}
                    {"@bytes":""}             | {"@bytes":""}
                    {"@map":{}}               | {}
                    {"@map":{"@a":1}}         | {"@map":{"@a":1}}
                    {"@map":{"@map":{"@map":{"@a":1}}}} | {"@map":{"@map":{"@map":{"@a":1}}}}
                    {"@a":1,"b":2}            | {"@a":1,"b":2}
                    {"@map":{"@map":{"@a":1}},"b":2} | {"@map":{"@map":{"@a":1}},"b":2}
                    {"b":2,"@map":{"@map":{"@a":1}}} | {"b":2,"@map":{"@map":{"@a":1}}}
                    {"@map":{"@map":[{"@map":{"@a":{"@integer":"1"}}}]}} | {"@map":{"@map":[{"@map":{"@a":1}}]}}
                    {"@map":{"@integer":"5"},"b":2} | {"@map":5,"b":2}
                    {"@vector":[1,-2.5]}      | {"@vector":[1.0,-2.5]}
                    {"@geopoint":{"longitude":180,"latitude":-90}} | {"@geopoint":{"latitude":-90.0,"longitude":180.0}}
                    {"@reference":"default/a/b"} | {"@reference":"a/b"}
                    {"@reference":"x/a/b"}    | {"@reference":"x/a/b"}
                    "\\u00e9\\ud83d\\ude42\\/"| "é🙂/"
                    "\\u001f\\n"              | "\\u001F\\n"
                    """)
    void readsLiberallyAndWritesOneForm(String in, String out) {
        assertThat(written(read(in))).isEqualTo(out);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-21T08:00:00Z, 2026-11-21T08:00:00.000000Z",
        "2026-11-21t09:30:00.123456789+01:30, 2026-11-21T08:00:00.123456Z",
        "2026-11-21T08:00:00.1-23:59, 2026-11-22T07:59:00.100000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999999Z, 9999-12-31T23:59:59.999999Z",
        "1969-12-31T23:59:59.9999999Z, 1969-12-31T23:59:59.999999Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00.000000Z",
    })
    void givesTimestampsOutInUtcWithSixDigits(String in, String out) {
        assertThat(written(read("{\"@timestamp\":\"" + in + "\"}"))).isEqualTo("{\"@timestamp\":\"" + out + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21",
                "2026-11-21T08:00Z",
                "2026-11-21 08:00:00Z",
                "2026-11-21T08:00:00",
                "2026-11-21T08:00:00.Z",
                "2026-11-21T08:00:00.1234567890Z",
                "2026-11-21T08:00:60Z",
                "2026-11-21T24:00:00Z",
                "2026-13-01T00:00:00Z",
                "2023-02-29T00:00:00Z",
                "2026-11-21T08:00:00+24:00",
                "2026-11-21T08:00:00+1:00",
                "2026-11-21T08:00:00Zx",
                "0000-12-31T23:59:59Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:59-00:01",
                "+2026-11-21T08:00:00Z",
                "２026-11-21T08:00:00Z",
            })
    void refusesATimestampThatIsNoneOfRfc3339(String text) {
        assertThat(refusal("{\"@timestamp\":\"" + text + "\"}").type()).isEqualTo(ProblemType.BAD_VALUE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":1,"a":2}               | malformed  | /a
                    {"a":{"b":1,"b":2}}         | malformed  | /a/b
                    {"a":[1,{"b":"\\ud83d"}]}   | bad-value  | /a/1/b
                    {"a":"\\ude42\\ud83d"}      | bad-value  | /a
                    {"a":"\\u0000"}             | bad-value  | /a
                    {"__a__":1}                 | bad-value  | /__a__
                    {"a/b":{"c~d":{"@x":1}}}    | bad-value  | /a~1b/c~0d
                    {"a":9223372036854775808}   | bad-value  | /a
                    {"a":-9223372036854775809}  | bad-value  | /a
                    {"a":1e999}                 | bad-value  | /a
                    {"a":NaN}                   | malformed  | /a
                    {"a":01}                    | malformed  | /a
                    {"a":.5}                    | malformed  | /a
                    {"a":+1}                    | malformed  | /a
                    {"a":'x'}                   | malformed  | /a
                    {"a":1,}                    | malformed  | /a
                    {"a":1} {}                  | malformed  | ''
                    {"a":1}]                    | malformed  | ''
                    {"a":[1,2}                  | malformed  | /a/1
                    {"a":                       | malformed  | /a
                    /**/{}                      | malformed  | ''
                    []                          | bad-value  | ''
                    null                        | bad-value  | ''
                    {"@timestamp":"2026-11-21T08:00:00Z"} | bad-value | ''
                    {"a":{"@integer":5}}        | bad-value  | /a
                    {"a":{"@integer":"05"}}     | bad-value  | /a
                    {"a":{"@integer":"5","b":{"@x":1}}} | bad-value | /a/b
                    {"a":{"@double":""}}        | bad-value  | /a
                    {"a":{"@double":" 1"}}      | bad-value  | /a
                    {"a":{"@double":"nan"}}     | bad-value  | /a
                    {"a":{"@bytes":"A"}}        | bad-value  | /a
                    {"a":{"@bytes":"AA=A"}}     | bad-value  | /a
                    {"a":{"@geopoint":{"latitude":{"@double":"NaN"},"longitude":0}}} | bad-value | /a
                    {"a":{"@geopoint":{"latitude":0,"longitude":0,"altitude":0}}} | bad-value | /a
                    {"a":{"@vector":[9007199254740993]}} | bad-value | /a
                    {"a":{"@vector":1}}         | bad-value  | /a
                    {"a":{"@map":{"@map":{"@b":1}}}} | bad-value | /a
                    {"a":{"@":1}}               | bad-value  | /a
                    """)
    void refusesWhatIsNoDocument(String json, String problem, String pointer) {
        assertThat(refusal(json))
                .extracting(refused -> refused.type().slug(), Problem::pointer)
                .containsExactly(problem, pointer);
    }

    @Test
    void refusesAFieldNameWithNul() {
        assertThat(refusal("{\"a\\u0000\":1}").type()).isEqualTo(ProblemType.BAD_VALUE);
    }

    @Test
    void hintsHowToWriteAnIntegerBeyond64Bits() {
        assertThat(refusal("{\"a\":12345678901234567890}").detail()).contains("64 bits", "fraction", "@double");
    }

    @Test
    void hintsHowToWriteAMapWithAKeyThatStartsWithAt() {
        assertThat(refusal("{\"a\":{\"@id\":1}}").detail()).contains("{\"@map\": {\"@id\": …}}");
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        assertThat(refusal(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'})
                        .type())
                .isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void refusesUtf16() {
        assertThat(refusal("{\"a\":1}".getBytes(StandardCharsets.UTF_16LE)).type())
                .isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void refusesNothingAtAll() {
        assertThat(refusal(new byte[0]).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void saysNothingOfTheContentOfATextThatIsNoJson() {
        assertThat(refusal("{\"a\": secret}").detail()).contains("line 1").doesNotContain("secret");
    }

    @Test
    void cutsALongNameInADetail() {
        assertThat(refusal("{\"" + "n".repeat(10_000) + "\":1,\"" + "n".repeat(10_000) + "\":2}")
                        .detail())
                .hasSizeLessThan(200);
    }

    @Test
    void pointsToTheMapAroundANameThatIsTooLongForAPointer() {
        assertThat(refusal("{\"a\":{\"" + "n".repeat(10_000) + "\":NaN}}").pointer())
                .isEqualTo("/a");
    }

    static Stream<Arguments> takesDocumentsAsDeepAsTheLimit() {
        return Stream.of(
                Arguments.of("{\"a\":{\"b\":1}}", 2),
                Arguments.of("{\"a\":[[1]]}", 3),
                Arguments.of("{\"a\":{\"@geopoint\":{\"latitude\":1,\"longitude\":1}}}", 1),
                Arguments.of("{\"a\":{\"@vector\":[1]}}", 1),
                Arguments.of("{\"a\":{\"@map\":{\"@b\":1}}}", 2),
                Arguments.of("{\"a\":{\"@b\":{\"c\":1},\"d\":1}}", 3),
                Arguments.of("{\"a\":{\"@map\":{\"@map\":{\"@map\":{\"@b\":[]}}}}}", 4));
    }

    @ParameterizedTest
    @MethodSource
    void takesDocumentsAsDeepAsTheLimit(String json, int nesting) {
        var data = ValueJson.readDocument(utf8(json), Limits.DEFAULT.withNesting(nesting));

        assertThat(ValueJson.nesting(data)).isEqualTo(nesting);
    }

    @ParameterizedTest
    @MethodSource("takesDocumentsAsDeepAsTheLimit")
    void refusesDocumentsDeeperThanTheLimit(String json, int nesting) {
        if (nesting > 1) {
            assertThat(refusal(utf8(json), Limits.DEFAULT.withNesting(nesting - 1))
                            .type())
                    .isEqualTo(ProblemType.LIMIT_EXCEEDED);
        }
    }

    @Test
    void refusesATextThatWouldExhaustTheStack() {
        String json = "{\"a\":" + "[".repeat(1_000_000) + "]".repeat(1_000_000) + "}";

        assertThat(refusal(json).type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @Test
    void refusesTypesInsideTypesThatWouldExhaustTheStack() {
        String json = "{\"a\":" + "{\"@x\":".repeat(100_000) + "1" + "}".repeat(100_000) + "}";

        assertThat(refusal(json).type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @Test
    void refusesARequestLargerThanItsLimit() {
        assertThat(refusal(utf8("{\"a\":\"bcd\"}"), Limits.DEFAULT.withRequestBytes(10))
                        .type())
                .isEqualTo(ProblemType.REQUEST_TOO_LARGE);
    }

    @Test
    void measuresADocumentByItsCompactForm() {
        byte[] spacious = utf8("{ \"a\" :   \"bcd\" }");

        assertThat(ValueJson.readDocument(spacious, Limits.DEFAULT.withDocumentBytes(11))
                        .isEmpty())
                .isFalse();
        assertThat(refusal(spacious, Limits.DEFAULT.withDocumentBytes(10)).type())
                .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
    }

    @Test
    void refusesADocumentThatOnlyItsCompactFormMakesTooLarge() {
        byte[] short_ = utf8("{\"a\":1e6}");

        assertThat(refusal(short_, Limits.DEFAULT.withDocumentBytes(14)).type())
                .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    9007199254740991    | 9007199254740991
                    9007199254740992    | {"@integer":"9007199254740992"}
                    -9007199254740991   | -9007199254740991
                    -9007199254740992   | {"@integer":"-9007199254740992"}
                    -9223372036854775808| {"@integer":"-9223372036854775808"}
                    """)
    void givesLargeIntegersOutAsStringsWhereAsked(long value, String json) {
        assertThat(new String(ValueJson.write(new IntegerValue(value), IntegerForm.STRING), StandardCharsets.UTF_8))
                .isEqualTo(json);
    }

    @Test
    void readsEveryType() {
        var data = (MapValue) read("""
                {"t":{"@timestamp":"2026-11-21T08:00:00.000001Z"},"b":{"@bytes":"AQI="},"r":{"@reference":"a/b"},
                 "v":{"@vector":[1]},"i":1,"d":1.0,"a":["x"]}
                """);

        assertThat(data)
                .isEqualTo(MapValue.of(Map.of(
                        "t", new TimestampValue(Instant.parse("2026-11-21T08:00:00.000001Z")),
                        "b", BytesValue.of((byte) 1, (byte) 2),
                        "r", new ReferenceValue(DocumentName.of("a/b")),
                        "v", VectorValue.of(1),
                        "i", new IntegerValue(1),
                        "d", new DoubleValue(1),
                        "a", ArrayValue.of(new StringValue("x")))));
    }

    private static Value read(String json) {
        return ValueJson.read(utf8(json), Limits.DEFAULT);
    }

    private static String written(Value value) {
        return text(ValueJson.write(value));
    }

    private static Problem refusal(String json) {
        return refusal(utf8(json));
    }

    private static Problem refusal(byte[] json) {
        return refusal(json, Limits.DEFAULT);
    }

    private static Problem refusal(byte[] json, Limits limits) {
        return Refusal.of(() -> ValueJson.readDocument(json, limits));
    }
}
