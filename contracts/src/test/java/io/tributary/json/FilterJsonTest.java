package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.FieldPath;
import io.tributary.value.IntegerValue;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterJsonTest {

    private static final Filter A_IS_1 = new Filter.Is(field("a"), new Filter.Eq(new IntegerValue(1)));

    @Test
    void anEmptyFilterAlwaysHolds() {
        assertThat(read("{}")).isEqualTo(Filter.ALWAYS);
    }

    @Test
    void aNegatedTestIsANegation() {
        assertThat(read("{\"a\":{\"ne\":1}}")).isEqualTo(new Filter.Not(A_IS_1));
    }

    @Test
    void severalTestsOfAFieldMustAllHold() {
        assertThat(read("{\"a\":{\"gt\":1,\"lt\":3}}"))
                .isEqualTo(new Filter.And(List.of(
                        new Filter.Is(field("a"), new Filter.Compare(Filter.Comparison.GT, new IntegerValue(1))),
                        new Filter.Is(field("a"), new Filter.Compare(Filter.Comparison.LT, new IntegerValue(3))))));
    }

    @Test
    void operatorsInAnElementMatchAreAboutTheElement() {
        assertThat(read("{\"a\":{\"elemMatch\":{\"eq\":1}}}"))
                .isEqualTo(new Filter.Is(
                        field("a"),
                        new Filter.ElemMatch(
                                new Filter.Is(new Subject.Element(), new Filter.Eq(new IntegerValue(1))))));
    }

    @Test
    void fieldsInAnElementMatchAreFieldsOfTheElement() {
        assertThat(read("{\"b\":{\"elemMatch\":{\"a\":1}}}"))
                .isEqualTo(new Filter.Is(field("b"), new Filter.ElemMatch(A_IS_1)));
    }

    @Test
    void aFieldCalledLikeAnOperatorStandsInBackticks() {
        assertThat(read("{\"`or`\":1}")).isEqualTo(new Filter.Is(field("or"), new Filter.Eq(new IntegerValue(1))));
    }

    @Test
    void aNameWithAtIsASystemField() {
        assertThat(read("{\"@version\":1}"))
                .isEqualTo(new Filter.Is(Subject.SystemField.VERSION, new Filter.Eq(new IntegerValue(1))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"gt\":1},\"b\":2,\"a.c\":{\"lt\":3,\"exists\":true}}",
                "{\"and\":[{\"a\":1},{\"a\":2}]}",
                "{\"and\":[{\"a\":1},{\"or\":[]},{\"b\":1}]}",
                "{\"not\":{\"or\":[{\"a\":1},{\"b\":{\"in\":[]}}]}}",
                "{\"a\":{\"eq\":{\"gt\":1}}}",
                "{\"a\":{\"eq\":{}}}",
                "{\"a\":[{\"gt\":1}]}",
                "{\"a\":{\"@double\":\"NaN\"}}",
                "{\"a\":{\"elemMatch\":{\"and\":[{\"gt\":1},{\"gt\":2}]}}}",
                "{\"a\":{\"elemMatch\":{\"`eq`\":1}}}",
                "{\"a\":{\"elemMatch\":{}}}",
                "{}",
            })
    void writesAFilterAsItMayHaveCome(String json) {
        assertThat(text(FilterJson.write(read(json)))).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"a":{"$gte":1}}        | unknown-member | did you mean "gte"?
                    {"a":{"greater":1}}     | unknown-member | {"eq": {…}}
                    {"a":{"Gte":1}}         | unknown-member | unknown operator "Gte"
                    {"a":{"startswith":1}}  | unknown-member | did you mean "startsWith"?
                    {"a":{"nin":[1]}}       | unknown-member | did you mean "notIn"?
                    {"a":{"not":{"gt":1}}}  | unknown-member | {"not": {"field": …}}
                    {"$or":[]}              | unknown-member | did you mean "or"?
                    {"gte":1}               | bad-value      | {"field": {"gte": …}}
                    {"a":{}}                | bad-value      | {"eq": {}}
                    {"a":{"@x":1,"y":2}}    | bad-value      | {"eq": {…}}
                    {"a":{"eq":1,"eq":2}}   | malformed      | "eq" is there twice
                    {"@stock":1}            | bad-path       | known are @id @document
                    """)
    void hintsHowToWriteAFilter(String json, String problem, String hint) {
        Problem refused = refusal(json, Limits.DEFAULT);

        assertThat(refused.type().slug()).isEqualTo(problem);
        assertThat(refused.detail()).contains(hint);
    }

    @Test
    void countsConditionsHoweverDeep() {
        String json = "{\"a\":1,\"or\":[{\"b\":{\"gt\":1,\"lt\":2}},{\"c\":{\"elemMatch\":{\"eq\":1}}}]}";

        assertThat(FilterJson.read(json, Limits.DEFAULT.withFilterConditions(5)))
                .isNotNull();
        assertThat(refusal(json, Limits.DEFAULT.withFilterConditions(4)).type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @Test
    void limitsHowDeepConnectivesNest() {
        String json = "{\"not\":{\"or\":[{\"a\":{\"elemMatch\":{\"eq\":1}}}]}}";

        assertThat(FilterJson.read(json, Limits.DEFAULT.withFilterDepth(3))).isNotNull();
        assertThat(refusal(json, Limits.DEFAULT.withFilterDepth(2)).type()).isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"^[a-z]{2,20}$", "\\d{4}-\\d{2}-\\d{2}", "(ab|cd){3}", "\\x{1F600}\\p{Greek}+", "a{1000}", "x*"})
    void takesRegularExpressions(String regex) {
        assertThat(Regex.compile(regex).pattern()).isEqualTo(regex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a",
                "a**",
                "(?=a)",
                "(a)\\1",
                "((((a{100}){100}){100}){100})",
                "(a{1000}){1000}",
                "\\Q[\\E((a{1000}){1000})",
                "[]](a{1000}){1000}",
                "(\\p{L}{999}){999}",
            })
    void refusesRegularExpressionsThatAreNotRe2OrTooLarge(String regex) {
        assertThat(Refusal.of(() -> read("{\"a\":{\"matches\":\"" + regex.replace("\\", "\\\\") + "\"}}"))
                        .type())
                .isEqualTo(ProblemType.BAD_VALUE);
    }

    @Test
    void refusesARegularExpressionThatIsTooLong() {
        assertThat(refusal("{\"a\":{\"matches\":\"" + "a".repeat(1_001) + "\"}}", Limits.DEFAULT)
                        .type())
                .isEqualTo(ProblemType.BAD_VALUE);
    }

    private static Subject field(String path) {
        return new Subject.Field(FieldPath.parse(path));
    }

    private static Filter read(String json) {
        return FilterJson.read(json, Limits.DEFAULT);
    }

    private static Problem refusal(String json, Limits limits) {
        return Refusal.of(() -> FilterJson.read(json, limits));
    }
}
