package io.tributary.service.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.Problem;
import io.tributary.change.Problem.Violation;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaCompilerTest {

    @Nested
    class Documents {

        @Test
        void thatAreAsTheyMustBeHaveNoViolations() {
            assertThat(violations(
                            "{'type':'object','properties':{'n':{'type':'integer','minimum':0}},'required':['n']}",
                            "{'n':1}"))
                    .isEmpty();
        }

        @Test
        void haveAViolationForEachFieldAtFault() {
            assertThat(violations(
                            "{'properties':{'n':{'minimum':0},'a':{'properties':{'b':{'type':'string'}}}}}",
                            "{'n':-1,'a':{'b':2}}"))
                    .extracting(Violation::pointer)
                    .containsExactlyInAnyOrder("/n", "/a/b");
        }

        @Test
        void areToldWhereAFieldIsMissing() {
            assertThat(violations("{'properties':{'a':{'required':['b/c']}}}", "{'a':{}}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/a/b~1c");
        }

        @Test
        void areToldWhichFieldIsTooMany() {
            assertThat(violations("{'properties':{'a':true},'additionalProperties':false}", "{'a':1,'x':2}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/x");
            assertThat(violations("{'allOf':[{'properties':{'a':true}}],'unevaluatedProperties':false}", "{'x':2}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/x");
        }

        @Test
        void areToldWhichElementIsAtFault() {
            assertThat(violations("{'properties':{'a':{'items':{'type':'integer'}}}}", "{'a':[1,'x',2]}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/a/1");
        }

        @Test
        void areToldWhatIsWrongWithoutTheirContent() {
            assertThat(violations(
                            "{'properties':{'a':{'type':'integer'},'b':{'enum':[1]}}}", "{'a':'secret','b':'secret'}"))
                    .extracting(Violation::detail)
                    .containsExactlyInAnyOrder(
                            "string found, integer expected", "does not have a value in the enumeration [1]");
        }

        @Test
        void areJudgedInTheFormThatTheyAreGivenOutIn() {
            String schema = "{'properties':{'at':{'type':'object','required':['@timestamp'],"
                    + "'properties':{'@timestamp':{'format':'date-time'}}}}}";

            assertThat(violations(schema, "{'at':{'@timestamp':'2026-11-21T08:00:00Z'}}"))
                    .isEmpty();
            assertThat(violations(schema, "{'at':'2026-11-21T08:00:00Z'}")).hasSize(1);
        }

        @ParameterizedTest
        @CsvSource({
            "integer, 1, true",
            "integer, 1.0, true",
            "integer, 1.5, false",
            "number, 1, true",
            "integer, 9223372036854775807, true"
        })
        void haveNumbersAsJsonSchemaCountsThem(String type, String number, boolean valid) {
            assertThat(violations("{'properties':{'n':{'type':'" + type + "'}}}", "{'n':" + number + "}")
                            .isEmpty())
                    .isEqualTo(valid);
        }

        @Test
        void haveMultiplesOfDecimalsByTheirDigits() {
            assertThat(violations("{'properties':{'price':{'multipleOf':0.01}}}", "{'price':19.99}"))
                    .isEmpty();
        }

        @Test
        void areNotJudgedForEver() {
            String doubling = "{'$defs':{'a':{'anyOf':[{'items':{'$ref':'#/$defs/a'},'not':{'const':0}},"
                    + "{'items':{'$ref':'#/$defs/a'},'minLength':1}],'allOf':[{'items':{'$ref':'#/$defs/a'}},"
                    + "{'items':{'$ref':'#/$defs/a'}},{'items':{'$ref':'#/$defs/a'}}]}},"
                    + "'properties':{'x':{'$ref':'#/$defs/a'}}}";

            assertThat(violations(doubling, "{'x':" + "[".repeat(18) + "]".repeat(18) + "}"))
                    .containsExactly(CompiledSchema.TOO_LONG);
        }

        @Test
        void haveABoundedNumberOfViolations() {
            String many = "1,".repeat(20_000) + "1";

            assertThat(violations("{'properties':{'a':{'items':{'type':'string'}}}}", "{'a':[" + many + "]}"))
                    .hasSize(io.tributary.service.document.DocumentSchema.MOST_VIOLATIONS);
        }

        @Test
        void findAPatternAnywhereInAText() {
            assertThat(violations("{'properties':{'a':{'pattern':'b+c'}}}", "{'a':'xbbcx'}"))
                    .isEmpty();
            assertThat(violations("{'properties':{'a':{'pattern':'^b+$'}}}", "{'a':'xb'}"))
                    .hasSize(1);
        }

        @Test
        void haveLongTextsJudgedInLinearTime() {
            assertThat(violations(
                            "{'properties':{'a':{'pattern':'^(a+)+$'},'b':{'format':'hostname'}}}",
                            "{'a':'" + "a".repeat(50_000) + "!','b':'" + "a.".repeat(50_000) + "'}"))
                    .hasSize(2);
        }
    }

    @Nested
    class Schemas {

        @ParameterizedTest
        @ValueSource(
                strings = {"true", "{}", "{'$schema':'https://json-schema.org/draft/2020-12/schema','$id':'urn:a:b'}"})
        void mayBeEmpty(String schema) {
            assertThat(violations(schema, "{'a':1}")).isEmpty();
        }

        @Test
        void mayReferToThemselves() {
            assertThat(violations(
                            "{'$defs':{'n':{'type':'object','properties':{'next':{'$ref':'#/$defs/n'}},"
                                    + "'additionalProperties':false}},'$ref':'#/$defs/n'}",
                            "{'next':{'next':{'x':1}}}"))
                    .extracting(Violation::pointer)
                    .containsExactly("/next/next/x");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "{'type':'strin'} | /type",
                    "{'properties':{'a':{'minimum':'1'}}} | /properties/a/minimum",
                    "{'requird':['a']} | /requird",
                    "{'properties':{'a':{'pattern':'(?=a)'}}} | /properties/a/pattern",
                    "{'patternProperties':{'a(':true}} | /patternProperties/a(",
                    "{'anyOf':[{},{'pattern':'((a{100}){100}){100}'}]} | /anyOf/1/pattern",
                    "{'properties':{'a':{'format':'phone'}}} | /properties/a/format",
                    "{'$ref':'https://example.com/schema'} | /$ref",
                    "{'$ref':'file:///etc/passwd'} | /$ref",
                    "{'$ref':'other#/$defs/a'} | /$ref",
                    "{'$schema':'http://json-schema.org/draft-07/schema#'} | /$schema",
                    "{'$defs':{'a':{'$id':'urn:b'}}} | /$defs/a/$id",
                    "{'dependencies':{}} | /dependencies"
                })
        void areRefusedWithThePlaceOfTheFault(String schema, String pointer) {
            Problem problem = refusal(schema);

            assertThat(problem.type()).isEqualTo(ProblemType.BAD_VALUE);
            assertThat(problem.pointer()).isEqualTo(pointer);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"{'$ref':'#/$defs/none'}", "{'$ref':'#none'}", "{'$ref':'#'}", "{'allOf':[{'$ref':'#'}]}"})
        void thatReferToNothingAreRefused(String schema) {
            assertThat(refusal(schema).type()).isEqualTo(ProblemType.BAD_VALUE);
        }

        @Test
        void mayHaveFieldsThatAreCalledLikeKeywords() {
            assertThat(violations(
                            "{'properties':{'pattern':{'type':'string'},'$ref':true,'const':true}}", "{'pattern':'('}"))
                    .isEmpty();
        }

        @Test
        void mayHaveNotesOfTheirOwn() {
            assertThat(violations("{'x-owner':'ann','title':'t','default':{'pattern':'('}}", "{}"))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {"{ | malformed", "{'a':1,'a':2} | malformed", "[] | bad-value"})
        void areJson(String schema, String problem) {
            assertThat(refusal(schema).type().slug()).isEqualTo(problem);
        }

        @Test
        void haveABoundedLengthAndDepth() {
            assertThat(refusal("{'title':'" + "x".repeat(SchemaCompiler.MOST_BYTES) + "'}")
                            .type())
                    .isEqualTo(ProblemType.REQUEST_TOO_LARGE);
            assertThat(refusal("{'not':".repeat(200) + "{}" + "}".repeat(200)).type())
                    .isEqualTo(ProblemType.LIMIT_EXCEEDED);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date | 2026-11-21 | 2026-02-30",
                "time | 08:00:00.5+01:00 | 08:00:00",
                "date-time | 2026-11-21t08:00:00z | 2026-11-21 08:00:00Z",
                "duration | P1Y2M3DT4H5M6S | P",
                "duration | PT36H | PT",
                "duration | P2W | P2W1D",
                "email | a.b+c@example.com | a..b@example.com",
                "hostname | www.example.com | -a.example.com",
                "ipv4 | 192.168.0.1 | 256.0.0.1",
                "ipv6 | fe80::1 | fe80::1::2",
                "ipv6 | ::ffff:192.0.2.1 | 192.0.2.1",
                "uri | https://example.com/a?b#c | /a",
                "uri-reference | /a | a b",
                "uuid | 0190f3a0-0000-7000-8000-000000000001 | 0190f3a0",
                "json-pointer | /a~1b/0 | a/b",
                "regex | a+ | a("
            })
    void assertsFormats(String format, String right, String wrong) {
        String schema = "{'properties':{'a':{'format':'" + format + "'}}}";

        assertThat(violations(schema, "{'a':'" + right + "'}")).isEmpty();
        assertThat(violations(schema, "{'a':'" + wrong + "'}")).hasSize(1);
        assertThat(violations(schema, "{'a':1}")).isEmpty();
    }

    private static List<Violation> violations(String schema, String document) {
        return SchemaCompiler.compile(utf8(schema)).violations(ValueJson.readDocument(utf8(document), Limits.DEFAULT));
    }

    private static Problem refusal(String schema) {
        var refusal = new Problem[1];
        assertThatThrownBy(() -> SchemaCompiler.compile(utf8(schema)))
                .isInstanceOfSatisfying(ProblemException.class, e -> refusal[0] = e.problem());
        return refusal[0];
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
