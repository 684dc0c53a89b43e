package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.StringValue;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.Filter;
import io.tributary.write.JsonPatchOperation;
import io.tributary.write.Operator;
import io.tributary.write.Subject;
import io.tributary.write.Write;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteJsonTest {

    private static final DocumentName P42 = DocumentName.of("products/p42");

    @Test
    void readsTheWriteOfTheDocumentation() {
        Write write = record("""
                { "id": "0190f3", "database": "default", "document": "products/p42",
                  "increment": {"stock": -1}, "append": {"tags": ["sold"]},
                  "if": {"where": {"stock": {"gte": 1}}} }
                """, null);

        FieldPath stock = FieldPath.parse("stock");
        assertThat(write)
                .isEqualTo(Write.of(
                                P42,
                                Action.Update.of(
                                        new Operator.Increment(stock, new IntegerValue(-1)),
                                        Operator.Append.of(FieldPath.parse("tags"), new StringValue("sold"))))
                        .withCondition(Condition.where(new Filter.Is(
                                new Subject.Field(stock),
                                new Filter.Compare(Filter.Comparison.GTE, new IntegerValue(1)))))
                        .withId("0190f3"));
    }

    @ParameterizedTest
    @CsvSource({
        "a/b,,, a/b",
        "x/a/b,,, x/a/b",
        ", default, a/b, a/b",
        ", x, a/b, x/a/b",
        "y/c/d, x, a/b, x/a/b",
        "c/d,, a/b, a/b",
        "a/b, x,, x/a/b",
        "x/a/b, x,, x/a/b",
        "default/a/b,,, a/b",
    })
    void findsTheDocumentInTheWriteElseInTheKey(
            @Nullable String key, @Nullable String database, @Nullable String document, String name) {
        String members = (database == null ? "" : "\"database\":\"" + database + "\",")
                + (document == null ? "" : "\"document\":\"" + document + "\",");

        assertThat(record("{" + members + "\"delete\":true}", key).document().key())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({",,", "a,,", "a//b,,", "y/a/b, x,", "a/b/c, ., d/e"})
    void refusesAWriteWithoutAWellNamedDocument(
            @Nullable String key, @Nullable String database, @Nullable String document) {
        String members = (database == null ? "" : "\"database\":\"" + database + "\",")
                + (document == null ? "" : "\"document\":\"" + document + "\",");

        assertThat(refusal("{" + members + "\"delete\":true}", key).type()).isEqualTo(ProblemType.BAD_PATH);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"stock":1}            | unknown member "stock"; did you mean {"set": {"stock": …}}?
                    {"inc":{"a":1}}        | unknown member "inc"; did you mean "increment"?
                    {"$inc":{"a":1}}       | unknown member "$inc"; did you mean "increment"?
                    {"$set":{"a":1}}       | unknown member "$set"; did you mean "set"?
                    {"push":{"a":[1]}}     | unknown member "push"; did you mean "append"?
                    {"Increment":{"a":1}}  | unknown member "Increment"; did you mean "increment"?
                    {"incremnt":{"a":1}}   | unknown member "incremnt"; did you mean "increment"?
                    {"appendunique":{}}    | unknown member "appendunique"; did you mean "appendUnique"?
                    {"firetriggers":true}  | unknown member "firetriggers"; did you mean "fireTriggers"?
                    """)
    void hintsWhatAnUnknownMemberMayHaveMeant(String json, String detail) {
        assertThat(refusal(json, "a/b"))
                .extracting(Problem::type, Problem::detail)
                .containsExactly(ProblemType.UNKNOWN_MEMBER, detail);
    }

    @Test
    void namesTheOperatorAndThePathOfABadOperand() {
        assertThat(refusal("{\"increment\":{\"a.b\":\"1\"}}", "a/b"))
                .extracting(Problem::type, Problem::operator, Problem::path, Problem::pointer)
                .containsExactly(ProblemType.BAD_VALUE, "increment", "a.b", "/increment/a.b");
    }

    @Test
    void tellsWhatTheRuleFindsWrongWithAnExpression() {
        Limits limits = Limits.DEFAULT.withExpressions(expression -> "1:7 " + expression + " is too dear");

        assertThatThrownBy(() -> WriteJson.readUpdate(P42, utf8("{\"compute\":{\"a.b\":\"doc.x\"}}"), limits))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem())
                                .isEqualTo(Problem.of(
                                                ProblemType.BAD_VALUE,
                                                "the expression is faulty at 1:7 doc.x is too dear")
                                        .withPointer("/compute/a.b")
                                        .withOperator("compute", "a.b")));
    }

    @Test
    void namesBothPathsThatConflict() {
        assertThat(refusal("{\"set\":{\"a.b\":1},\"unset\":[\"a\"]}", "a/b"))
                .satisfies(problem -> assertThat(problem.type()).isEqualTo(ProblemType.CONFLICTING_PATHS))
                .satisfies(problem -> assertThat(problem.detail()).contains("a, another a.b"));
    }

    @Test
    void takesPathsInSeveralStepsThatWouldConflictInOne() {
        assertThat(record("{\"steps\":[{\"set\":{\"a\":{}}},{\"set\":{\"a.b\":1}}]}", "a/b")
                        .action())
                .isInstanceOf(Action.Update.class);
    }

    @Test
    void refusesAPathThatIsTooLong() {
        assertThat(refusal("{\"set\":{\"" + "a".repeat(1_501) + "\":1}}", "a/b").type())
                .isEqualTo(ProblemType.BAD_PATH);
    }

    @Test
    void refusesAPathDeeperThanADocument() {
        assertThat(refusal("{\"set\":{\"" + "a.".repeat(20) + "a\":1}}", "a/b").type())
                .isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @Test
    void countsTheLevelsOfAPathWithThoseOfItsOperand() {
        Limits limits = Limits.DEFAULT.withNesting(3);

        assertThat(WriteJson.readRecord(utf8("{\"set\":{\"a.b\":{\"c\":1}}}"), "a/b", limits)
                        .action())
                .isNotNull();
        assertThat(Refusal.of(() -> WriteJson.readRecord(utf8("{\"set\":{\"a.b\":{\"c\":[]}}}"), "a/b", limits))
                        .type())
                .isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"create\":{}}', PUT with If-None-Match",
        "'{\"replace\":{}}', PUT",
        "'{\"delete\":true}', DELETE",
        "'{\"verify\":true}', {\"set\": {}}",
        "'{\"mergePatch\":{}}', application/merge-patch+json",
        "'{\"jsonPatch\":[]}', application/json-patch+json",
        "'{\"id\":\"x\"}', Idempotency-Key",
        "'{\"document\":\"a/b\"}', URL",
    })
    void saysWhereToPutWhatAnUpdateDoesNotCarry(String json, String hint) {
        Problem problem = Refusal.of(() -> WriteJson.readUpdate(P42, utf8(json), Limits.DEFAULT));

        assertThat(problem.type()).isEqualTo(ProblemType.UNKNOWN_MEMBER);
        assertThat(problem.detail()).contains(hint);
    }

    @Test
    void hintsHowToWriteAnUpdateThatChangesNothing() {
        assertThat(Refusal.of(() -> WriteJson.readUpdate(P42, utf8("{}"), Limits.DEFAULT))
                        .detail())
                .contains("{\"set\": {}}");
    }

    @Test
    void readsAnUpdateWithItsOptions() {
        String json = "{\"set\":{\"a\":1},\"upsert\":true,\"if\":{\"version\":3},\"return\":\"minimal\"}";

        assertThat(text(WriteJson.write(WriteJson.readUpdate(P42, utf8(json), Limits.DEFAULT))))
                .isEqualTo("{\"document\":\"products/p42\",\"set\":{\"a\":1},\"upsert\":true,\"if\":{\"version\":3},"
                        + "\"return\":\"minimal\"}");
    }

    @Test
    void readsAMergePatch() {
        assertThat(WriteJson.readMergePatch(P42, utf8("{\"a\":null}"), Limits.DEFAULT)
                        .action())
                .isEqualTo(new Action.MergePatch(MapValue.of(Map.of("a", NullValue.NULL)), false));
    }

    @Test
    void refusesAMergePatchThatIsNoObject() {
        assertThat(Refusal.of(() -> WriteJson.readMergePatch(P42, utf8("[]"), Limits.DEFAULT))
                        .type())
                .isEqualTo(ProblemType.BAD_VALUE);
    }

    @Test
    void readsAJsonPatchAndIgnoresWhatItsOperationsDoNotDefine() {
        String json = "[{\"path\":\"/a~1b/~0\",\"x\":{\"y\":1},\"value\":null,\"op\":\"add\"}]";

        assertThat(WriteJson.readJsonPatch(P42, utf8(json), Limits.DEFAULT).action())
                .isEqualTo(new Action.JsonPatch(
                        List.of(new JsonPatchOperation.Add(List.of("a/b", "~"), NullValue.NULL)), false));
    }

    @Test
    void refusesAJsonPatchThatWouldMakeAReservedName() {
        String json = "[{\"op\":\"add\",\"path\":\"/__x__\",\"value\":1}]";

        assertThat(Refusal.of(() -> WriteJson.readJsonPatch(P42, utf8(json), Limits.DEFAULT))
                        .type())
                .isEqualTo(ProblemType.BAD_PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"jsonPatch\":[{\"op\":\"remove\",\"path\":\"/a\"},{\"op\":\"remove\",\"path\":\"/b\"}]}'",
        "'{\"steps\":[{\"set\":{}},{\"set\":{}}]}'",
        "'{\"delete\":true,\"if\":{\"where\":{\"a\":{\"in\":[1,2]}}}}'",
        "'{\"delete\":true,\"if\":{\"where\":{\"and\":[{},{}]}}}'",
    })
    void refusesListsLongerThanTheLimit(String json) {
        Limits limits = Limits.DEFAULT.withListElements(1);

        assertThat(Refusal.of(() -> WriteJson.readRecord(utf8(json), "a/b", limits))
                        .type())
                .isEqualTo(ProblemType.LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"document\":\"a/bcde\",\"delete\":true}", "{\"delete\":true}"})
    void refusesNamesLongerThanTheLimit(String json) {
        Limits limits = Limits.DEFAULT.withNameBytes(5);

        assertThat(Refusal.of(() -> WriteJson.readRecord(utf8(json), "a/bcde", limits))
                        .type())
                .isEqualTo(ProblemType.BAD_PATH);
    }

    @Test
    void takesNamesAsLongAsTheLimit() {
        Limits limits = Limits.DEFAULT.withNameBytes(5);
        String json = "{\"database\":\"shop\",\"document\":\"a/é1\",\"delete\":true}";

        assertThat(WriteJson.readRecord(utf8(json), null, limits).document().id())
                .isEqualTo("é1");
    }

    @Test
    void writesAnUpdateAlone() {
        var write = record("{\"increment\":{\"a\":1},\"unset\":[\"b\"],\"set\":{\"c\":1},\"upsert\":true}", "a/b");

        assertThat(text(WriteJson.writePatch((Action.Patch) write.action())))
                .isEqualTo("{\"increment\":{\"a\":1},\"unset\":[\"b\"],\"set\":{\"c\":1},\"upsert\":true}");
    }

    private static Write record(String json, @Nullable String key) {
        return WriteJson.readRecord(utf8(json), key, Limits.DEFAULT);
    }

    private static Problem refusal(String json, @Nullable String key) {
        return Refusal.of(() -> record(json, key));
    }
}
