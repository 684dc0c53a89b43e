package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.change.Change;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Condition;
import io.tributary.write.Stamp;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationTest {

    private static final Instant BORN = Instant.parse("2026-11-01T08:00:00Z");
    private static final Instant CHANGED = Instant.parse("2026-11-02T08:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00.000001Z");

    private static final DocumentState MISSING = DocumentState.missing(Json.NAME);
    private static final DocumentState STORED = stored("{\"a\": 1, \"b\": {\"c\": 2}}");
    private static final DocumentState DELETED =
            new DocumentState(Json.NAME, 7, null, new Lifetime(CHANGED, BORN, CHANGED, "ann", "bob"));

    @Nested
    class Operators {

        @Test
        void makeANewVersion() {
            var applied = applied(STORED, Json.update("{\"increment\": {\"a\": 1}}"));

            assertThat(applied.after().data()).isEqualTo(Json.map("{\"a\": 2, \"b\": {\"c\": 2}}"));
            assertThat(applied.after().version()).isEqualTo(5);
            assertThat(applied.kind()).isEqualTo(Change.Kind.UPDATE);
            assertThat(applied.created()).isFalse();
        }

        @Test
        void thatChangeNothingMakeNoVersion() {
            assertThat(apply(STORED, Json.update("{\"set\": {\"a\": 1}, \"unset\": [\"x\"]}")))
                    .isEqualTo(new Result.Unchanged(STORED, List.of(), List.of()));
        }

        @Test
        void refuseAMissingDocument() {
            assertThat(problem(MISSING, Json.update("{\"set\": {\"a\": 1}}")).type())
                    .isEqualTo(ProblemType.NOT_FOUND);
        }

        @Test
        void refuseADeletedDocument() {
            assertThat(problem(DELETED, Json.update("{\"set\": {\"a\": 1}}")).type())
                    .isEqualTo(ProblemType.NOT_FOUND);
        }

        @Test
        void startFromTheEmptyDocumentWithUpsert() {
            var applied = applied(MISSING, Json.update("""
                    {"increment": {"n": 1}, "setOnCreate": {"m": 2}, "upsert": true}"""));

            assertThat(applied.after().data()).isEqualTo(Json.map("{\"n\": 1, \"m\": 2}"));
            assertThat(applied.created()).isTrue();
            assertThat(applied.kind()).isEqualTo(Change.Kind.CREATE);
        }

        @Test
        void createAnEmptyDocumentWithUpsertAndNothingToSet() {
            var applied = applied(MISSING, Json.update("{\"set\": {}, \"upsert\": true}"));

            assertThat(applied.after().data()).isEqualTo(MapValue.EMPTY);
            assertThat(applied.after().version()).isEqualTo(1);
        }

        @Test
        void withNothingToSetChangeNothing() {
            assertThat(apply(STORED, Json.update("{\"set\": {}}"))).isInstanceOf(Result.Unchanged.class);
        }

        @Test
        void areRefusedWithTheProblemsOfAllFields() {
            var result = (Result.Refused) apply(STORED, Json.update("""
                    {"append": {"a": [1]}, "increment": {"b": 1}, "set": {"x": 1}}"""));

            assertThat(result.problems())
                    .extracting(Problem::path, Problem::document)
                    .containsExactlyInAnyOrder(tuple("a", "products/p42"), tuple("b", "products/p42"));
            assertThat(result.after()).isSameAs(STORED);
        }
    }

    @Nested
    class Steps {

        @Test
        void workOnTheResultOfTheStepBeforeInOneVersion() {
            var applied = applied(STORED, Json.update("""
                    {"steps": [{"set": {"list": [3]}}, {"append": {"list": [4]}}, {"rename": {"list": "x"}}]}"""));

            assertThat(applied.after().data()).isEqualTo(Json.map("""
                    {"a": 1, "b": {"c": 2}, "x": [3, 4]}"""));
            assertThat(applied.after().version()).isEqualTo(5);
        }

        @Test
        void haveTheirOwnEffects() {
            var applied = applied(STORED, Json.update("""
                    {"steps": [{"increment": {"a": 1}}, {"set": {}}, {"rename": {"a": "x"}}]}"""));

            assertThat(applied.steps())
                    .containsExactly(effect("{\"a\": 2}"), Outcome.Effect.NONE, effect("{\"x\": 2}", "a"));
            assertThat(applied.effect()).isEqualTo(effect("{\"x\": 2}", "a"));
        }

        @Test
        void thatUndoOneAnotherMakeNoVersion() {
            var result = apply(STORED, Json.update("""
                    {"steps": [{"increment": {"a": 1}}, {"increment": {"a": -1}}]}"""));

            assertThat(result)
                    .isEqualTo(new Result.Unchanged(
                            STORED, List.of(effect("{\"a\": 2}"), effect("{\"a\": 1}")), List.of()));
        }

        @Test
        void allSeeThatTheDocumentIsCreated() {
            var applied = applied(MISSING, Json.update("""
                    {"steps": [{"set": {"a": 1}}, {"setOnCreate": {"b": 2}}], "upsert": true}"""));

            assertThat(applied.after().data()).isEqualTo(Json.map("{\"a\": 1, \"b\": 2}"));
        }

        @Test
        void areRefusedWhereOneFails() {
            var problem = problem(STORED, Json.update("""
                    {"steps": [{"set": {"a": "text"}}, {"increment": {"a": 1}}]}"""));

            assertThat(problem.type()).isEqualTo(ProblemType.TYPE_MISMATCH);
            assertThat(problem.pointer()).isEqualTo("/steps/1");
        }
    }

    @Nested
    class Patches {

        @Test
        void mergeIntoTheDocument() {
            assertThat(applied(STORED, new Action.MergePatch(Json.map("{\"a\": null, \"b\": {\"d\": 3}}"), false))
                            .after()
                            .data())
                    .isEqualTo(Json.map("{\"b\": {\"c\": 2, \"d\": 3}}"));
        }

        @Test
        void applyJsonPatchesWholly() {
            var patch = new Action.JsonPatch(Json.jsonPatch("""
                    [{"op": "remove", "path": "/a"}, {"op": "test", "path": "/b/c", "value": 9}]"""), false);

            assertThat(problem(STORED, Write.of(Json.NAME, patch)).type()).isEqualTo(ProblemType.PATCH_FAILED);
        }

        @Test
        void startFromTheEmptyDocumentWithUpsert() {
            var merge = new Action.MergePatch(Json.map("{\"a\": {\"b\": null}}"), true);
            var patch = new Action.JsonPatch(Json.jsonPatch("""
                    [{"op": "add", "path": "/a", "value": 1}]"""), true);

            assertThat(applied(MISSING, merge).after().data()).isEqualTo(Json.map("{\"a\": {}}"));
            assertThat(applied(DELETED, patch).after().data()).isEqualTo(Json.map("{\"a\": 1}"));
        }

        @Test
        void refuseAMissingDocument() {
            assertThat(problem(MISSING, Write.of(Json.NAME, new Action.MergePatch(MapValue.EMPTY, false)))
                            .type())
                    .isEqualTo(ProblemType.NOT_FOUND);
        }
    }

    @Nested
    class Wholes {

        @Test
        void createAMissingDocument() {
            var applied = applied(MISSING, new Action.Create(Json.map("{\"a\": 1}")));

            assertThat(applied.kind()).isEqualTo(Change.Kind.CREATE);
            assertThat(applied.effect()).isEqualTo(effect("{\"a\": 1}"));
        }

        @Test
        void createNoDocumentTwice() {
            var problem = problem(STORED, Write.of(Json.NAME, new Action.Create(MapValue.EMPTY)));

            assertThat(problem.type()).isEqualTo(ProblemType.ALREADY_EXISTS);
            assertThat(problem.current()).isEqualTo(new Problem.Current(4, CHANGED));
        }

        @Test
        void createTheEmptyDocument() {
            assertThat(applied(MISSING, new Action.Create(MapValue.EMPTY))
                            .after()
                            .exists())
                    .isTrue();
        }

        @Test
        void replaceADocument() {
            var applied = applied(STORED, new Action.Replace(Json.map("{\"b\": {\"c\": 3}}")));

            assertThat(applied.kind()).isEqualTo(Change.Kind.UPDATE);
            assertThat(applied.effect()).isEqualTo(effect("{\"b.c\": 3}", "a"));
        }

        @Test
        void replaceAMissingDocument() {
            assertThat(applied(MISSING, new Action.Replace(MapValue.EMPTY)).kind())
                    .isEqualTo(Change.Kind.CREATE);
        }

        @Test
        void replaceNothingByIdenticalData() {
            assertThat(apply(STORED, new Action.Replace(Json.map("{\"b\": {\"c\": 2}, \"a\": 1}"))))
                    .isInstanceOf(Result.Unchanged.class);
        }

        @Test
        void replaceIntegersByEqualDoubles() {
            assertThat(applied(STORED, new Action.Replace(Json.map("{\"b\": {\"c\": 2}, \"a\": 1.0}")))
                            .effect())
                    .isEqualTo(effect("{\"a\": 1.0}"));
        }

        @Test
        void deleteADocument() {
            var applied = applied(STORED, new Action.Delete());

            assertThat(applied.after().exists()).isFalse();
            assertThat(applied.after().version()).isEqualTo(5);
            assertThat(applied.kind()).isEqualTo(Change.Kind.DELETE);
            assertThat(applied.effect().removed()).containsExactly("a", "b");
        }

        @Test
        void deleteAnEmptyDocument() {
            assertThat(applied(stored("{}"), new Action.Delete()).after().version())
                    .isEqualTo(5);
        }

        @Test
        void deleteNothingWhereNothingIs() {
            assertThat(apply(MISSING, new Action.Delete())).isInstanceOf(Result.Unchanged.class);
            assertThat(apply(DELETED, new Action.Delete())).isInstanceOf(Result.Unchanged.class);
        }

        @Test
        void verifyChangesNothing() {
            assertThat(apply(STORED, new Action.Verify())).isInstanceOf(Result.Unchanged.class);
        }
    }

    @Nested
    class Lives {

        @Test
        void beginWithTheFirstChange() {
            assertThat(apply(MISSING, new Action.Create(MapValue.EMPTY)).after().lifetime())
                    .isEqualTo(new Lifetime(NOW, NOW, NOW, "eve", "eve"));
        }

        @Test
        void goOnWithEachChange() {
            assertThat(apply(STORED, new Action.Replace(MapValue.EMPTY)).after().lifetime())
                    .isEqualTo(new Lifetime(NOW, BORN, NOW, "ann", "eve"));
        }

        @Test
        void beginAnewAfterADelete() {
            var after = apply(DELETED, new Action.Create(MapValue.EMPTY)).after();

            assertThat(after.version()).isEqualTo(8);
            assertThat(after.lifetime()).isEqualTo(new Lifetime(NOW, NOW, NOW, "eve", "eve"));
        }

        @Test
        void takeWhatAStampSays() {
            var stamp = new Stamp(BORN.minusSeconds(1), BORN.plusSeconds(1), "jim", "joe");
            var write = Write.of(Json.NAME, new Action.Replace(MapValue.EMPTY));

            assertThat(apply(STORED, write.withOptions(write.options().withStamp(stamp)))
                            .after()
                            .lifetime())
                    .isEqualTo(new Lifetime(NOW, BORN.minusSeconds(1), BORN.plusSeconds(1), "jim", "joe"));
        }

        @Test
        void areNotTouchedByAStampAlone() {
            var stamp = new Stamp(BORN.minusSeconds(1), null, null, null);
            var write = Json.update("{\"set\": {}}");

            assertThat(apply(STORED, write.withOptions(write.options().withStamp(stamp))))
                    .isInstanceOf(Result.Unchanged.class);
        }
    }

    @Nested
    class Conditions {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"exists\": true}",
                    "{\"version\": 4}",
                    "{\"time\": \"2026-11-02T08:00:00Z\"}",
                    "{\"where\": {\"a\": {\"gte\": 1}}}",
                    "{\"exists\": true, \"version\": 4, \"where\": {\"@version\": 4, \"@createdBy\": \"ann\"}}",
                    "{\"where\": {\"@id\": \"p42\", \"@document\": \"products/p42\"}}",
                    "{\"where\": {\"@time\": {\"@timestamp\": \"2026-11-02T08:00:00Z\"}}}",
                    "{\"where\": {\"@createdAt\": {\"lt\": {\"@timestamp\": \"2026-11-02T08:00:00Z\"}}}}",
                    "{\"where\": {\"@updatedAt\": {\"exists\": true}, \"@updatedBy\": \"bob\"}}",
                })
        void hold(String condition) {
            assertThat(apply(STORED, verify(condition))).isInstanceOf(Result.Unchanged.class);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"exists\": false}",
                    "{\"version\": 3}",
                    "{\"version\": 0}",
                    "{\"time\": \"2026-11-02T08:00:00.000001Z\"}",
                    "{\"where\": {\"a\": {\"gt\": 1}}}",
                    "{\"exists\": true, \"version\": 4, \"where\": {\"a\": 2}}"
                })
        void fail(String condition) {
            var problem = problem(STORED, verify(condition));

            assertThat(problem.type()).isEqualTo(ProblemType.CONDITION_FAILED);
            assertThat(problem.current()).isEqualTo(new Problem.Current(4, CHANGED));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            {"exists": false}                                 | true
            {"version": 0}                                    | true
            {"where": {}}                                     | true
            {"where": {"@version": 0, "@id": "p42"}}          | true
            {"where": {"a": {"exists": false}}}               | true
            {"where": {"@time": {"exists": false}, "@createdBy": {"exists": false}}} | true
            {"exists": true}                                  | false
            {"version": 7}                                    | false
            {"time": "2026-11-02T08:00:00Z"}                  | false
            {"where": {"a": 1}}                               | false
            """)
        void treatADeletedDocumentLikeOneThatNeverWas(String condition, boolean holds) {
            assertThat(apply(MISSING, verify(condition)) instanceof Result.Unchanged)
                    .isEqualTo(holds);
            assertThat(apply(DELETED, verify(condition)) instanceof Result.Unchanged)
                    .isEqualTo(holds);
        }

        @Test
        void comeBeforeTheLackOfADocument() {
            var problem = problem(DELETED, Json.update("{\"set\": {\"a\": 1}, \"if\": {\"version\": 7}}"));

            assertThat(problem.type()).isEqualTo(ProblemType.CONDITION_FAILED);
            assertThat(problem.current()).isEqualTo(new Problem.Current(0, null));
        }

        @Test
        void thatHoldDoNotMakeAMissingDocument() {
            assertThat(problem(MISSING, Json.update("{\"set\": {\"a\": 1}, \"if\": {\"exists\": false}}"))
                            .type())
                    .isEqualTo(ProblemType.NOT_FOUND);
        }

        @Test
        void comeBeforeAnExistingDocument() {
            var write = Write.of(Json.NAME, new Action.Create(MapValue.EMPTY)).withCondition(Condition.version(9));

            assertThat(problem(STORED, write).type()).isEqualTo(ProblemType.CONDITION_FAILED);
        }

        @Test
        void comeBeforeOperators() {
            assertThat(problem(STORED, Json.update("{\"append\": {\"a\": [1]}, \"if\": {\"version\": 9}}"))
                            .type())
                    .isEqualTo(ProblemType.CONDITION_FAILED);
        }

        private static Write verify(String condition) {
            Condition given =
                    Json.update("{\"set\": {}, \"if\": " + condition + "}").condition();
            return Write.of(Json.NAME, new Action.Verify()).withCondition(given);
        }
    }

    @Nested
    class Limits {

        private static final DocumentLimits SMALL = new DocumentLimits(40, 3);

        @Test
        void admitADocumentOfExactlyTheLargestSize() {
            assertThat(apply(STORED, new Action.Replace(ofBytes(40)), SMALL)).isInstanceOf(Result.Applied.class);
        }

        @Test
        void refuseADocumentOfOneByteMore() {
            assertThat(type(new Action.Replace(ofBytes(41)))).isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
        }

        @Test
        void countMapsAndArraysInsideOneAnother() {
            assertThat(apply(STORED, new Action.Replace(Json.map("{\"a\": [{\"b\": 1}]}")), SMALL))
                    .isInstanceOf(Result.Applied.class);
            assertThat(type(new Action.Replace(Json.map("{\"a\": [{\"b\": {}}]}"))))
                    .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
        }

        @Test
        void boundTheResultOfOperators() {
            assertThat(type(Json.update("{\"set\": {\"x.y.z.w\": 1}}").action()))
                    .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
        }

        @Test
        void boundTheResultOfEachStep() {
            assertThat(type(Json.update("""
                            {"steps": [{"set": {"x.y.z.w": 1}}, {"unset": ["x"]}]}""").action())).isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
        }

        @Test
        void comeAfterOperators() {
            assertThat(type(Json.update("{\"set\": {\"x.y.z.w\": 1}, \"append\": {\"a\": [1]}}")
                            .action()))
                    .isEqualTo(ProblemType.TYPE_MISMATCH);
        }

        @Test
        void letAWriteThatChangesNothingPass() {
            var large = stored("{\"text\": \"0123456789012345678901234567890123456789\"}");

            assertThat(apply(large, Json.update("{\"unset\": [\"a\"]}").action(), SMALL))
                    .isInstanceOf(Result.Unchanged.class);
        }

        private static MapValue ofBytes(int bytes) {
            return Json.map("{\"text\":\"%s\"}".formatted("x".repeat(bytes - "{'text':''}".length())));
        }

        private static ProblemType type(Action action) {
            return ((Result.Refused) apply(STORED, action, SMALL))
                    .problems()
                    .getFirst()
                    .type();
        }
    }

    private static DocumentState stored(String data) {
        return new DocumentState(Json.NAME, 4, Json.map(data), new Lifetime(CHANGED, BORN, CHANGED, "ann", "bob"));
    }

    private static Outcome.Effect effect(String changes, String... removed) {
        return new Outcome.Effect(Json.map(changes).members(), List.of(removed), List.of());
    }

    private static Result.Applied applied(DocumentState before, Action action) {
        return applied(before, Write.of(Json.NAME, action));
    }

    private static Result.Applied applied(DocumentState before, Write write) {
        return (Result.Applied) apply(before, write);
    }

    private static Problem problem(DocumentState before, Write write) {
        return ((Result.Refused) apply(before, write)).problems().getFirst();
    }

    private static Result apply(DocumentState before, Action action) {
        return apply(before, Write.of(Json.NAME, action));
    }

    private static Result apply(DocumentState before, Write write) {
        return Documents.apply(before, write, NOW, "eve", DocumentLimits.DEFAULT);
    }

    private static Result apply(DocumentState before, Action action, DocumentLimits limits) {
        return Documents.apply(before, Write.of(Json.NAME, action), NOW, "eve", limits);
    }
}
