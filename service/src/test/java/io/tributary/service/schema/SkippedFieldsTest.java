package io.tributary.service.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.json.WriteJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.value.MapValue;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is left of a write whose invalid fields are skipped, and what of one whose are not. */
class SkippedFieldsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final DocumentName NAME = DocumentName.of("products/p1");
    private static final DocumentState MISSING = DocumentState.missing(NAME);
    private static final DocumentState CHAIR =
            stored("{'name':'chair','price':10,'size':{'width':40,'depth':40},'tags':['new']}");

    private static final String PRODUCT =
            "{'type':'object','required':['name'],'additionalProperties':false,'properties':{"
                    + "'name':{'type':'string','maxLength':20},"
                    + "'price':{'type':'number','minimum':0},"
                    + "'stock':{'type':'integer','minimum':0},"
                    + "'status':{'enum':['open','sold']},"
                    + "'size':{'type':'object','required':['width'],'properties':{"
                    + "'width':{'type':'integer','minimum':1},'depth':{'type':'integer'},'unit':{'type':'string'}}},"
                    + "'tags':{'type':'array','maxItems':3,'items':{'type':'string','maxLength':10}},"
                    + "'@weight':{'type':'integer'}}}";

    private static final DocumentLimits LIMITS = DocumentLimits.DEFAULT.withSchemas(document -> Compiled.PRODUCT);

    private static final class Compiled {
        static final io.tributary.service.document.DocumentSchema PRODUCT =
                SchemaCompiler.compile(utf8(SkippedFieldsTest.PRODUCT));
    }

    @Nested
    class AWriteThatRejects {

        @Test
        void isRefusedWithAllViolations() {
            Problem problem = problem(CHAIR, "{'set':{'price':-1,'status':'lost','stock':3}}");

            assertThat(problem.type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem.violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactlyInAnyOrder("/price", "/status");
            assertThat(problem.document()).isEqualTo("products/p1");
        }

        @Test
        void isJudgedByWhatTheDocumentBecomes() {
            assertThat(problem(CHAIR, "{'increment':{'price':-11}}").type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem(CHAIR, "{'compute':{'price':'doc.price - 11'}}").type())
                    .isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem(CHAIR, "{'unset':['name']}").violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactly("/name");
            assertThat(problem(CHAIR, "{'mergePatch':{'size':{'width':null}}}").violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactly("/size/width");
            assertThat(problem(CHAIR, "{'jsonPatch':[{'op':'add','path':'/x','value':1}]}")
                            .violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactly("/x");
            assertThat(problem(CHAIR, "{'replace':{}}").type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem(MISSING, "{'create':{'price':1}}").type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem(MISSING, "{'set':{},'upsert':true}").type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
        }

        @Test
        void isRefusedForItsOperatorsFirst() {
            assertThat(problem(CHAIR, "{'increment':{'name':1},'set':{'price':-1}}")
                            .type())
                    .isEqualTo(ProblemType.TYPE_MISMATCH);
        }

        @Test
        void isJudgedBeforeItsSizeIsUnlessItIsFarTooLarge() {
            DocumentLimits narrow = new DocumentLimits(100, 20, LIMITS.schemas());
            String append = "{'append':{'tags':['%s']}}";

            assertThat(problem(CHAIR, append.formatted("x".repeat(50)), narrow).type())
                    .isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem(CHAIR, append.formatted("x".repeat(10)), new DocumentLimits(80, 20, LIMITS.schemas()))
                            .type())
                    .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
            assertThat(problem(CHAIR, append.formatted("x".repeat(500)), narrow).type())
                    .isEqualTo(ProblemType.DOCUMENT_TOO_LARGE);
        }

        @Test
        void mayDelete() {
            assertThat(apply(CHAIR, "{'delete':true}")).isInstanceOf(Result.Applied.class);
        }

        @Test
        void mayLeaveADocumentAsItWasBeforeItHadASchema() {
            assertThat(apply(stored("{'old':1}"), "{'set':{'old':1}}")).isInstanceOf(Result.Unchanged.class);
        }
    }

    @Nested
    class AnUpdateThatSkips {

        @Test
        void savesItsValidFields() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'set':{'price':-1,'status':'lost','x':1,'stock':3,'name':'table'},'onInvalid':'skip'}",
                    "{'name':'table','price':10,'stock':3,'size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped())
                    .extracting(Outcome.Skipped::path)
                    .containsExactlyInAnyOrder("price", "status", "x");
            assertThat(outcome.skipped())
                    .allSatisfy(skipped -> assertThat(skipped.problem().type()).isEqualTo(ProblemType.SCHEMA_VIOLATION))
                    .anySatisfy(skipped -> assertThat(skipped.problem().violations())
                            .extracting(Problem.Violation::pointer)
                            .containsExactly("/price"));
        }

        @Test
        void isRefusedWhenNothingIsLeft() {
            Problem problem = problem(CHAIR, "{'set':{'price':-1,'status':'lost'},'onInvalid':'skip'}");

            assertThat(problem.type()).isEqualTo(ProblemType.NOTHING_VALID);
            assertThat(problem.violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactlyInAnyOrder("/price", "/status");
        }

        @Test
        void leavesOutOperatorsThatCannotWorkOnWhatIsThere() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'increment':{'name':1,'price':2},'append':{'size':[1]},'rename':{'tags':'stock.x'},'onInvalid':'skip'}",
                    "{'name':'chair','price':12,'size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped())
                    .extracting(
                            Outcome.Skipped::path, skipped -> skipped.problem().type())
                    .containsExactlyInAnyOrder(
                            tuple("name", ProblemType.TYPE_MISMATCH),
                            tuple("size", ProblemType.TYPE_MISMATCH),
                            tuple("tags", ProblemType.SCHEMA_VIOLATION));
        }

        @Test
        void isRefusedWhenNoOperatorCanWork() {
            assertThat(problem(CHAIR, "{'increment':{'name':1},'onInvalid':'skip'}")
                            .type())
                    .isEqualTo(ProblemType.NOTHING_VALID);
        }

        @Test
        void leavesOutMembersOfMapsThatItSets() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'set':{'size':{'width':50,'depth':'deep','unit':'cm'}},'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'size':{'width':50,'unit':'cm'},'tags':['new']}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("size.depth");
        }

        @Test
        void leavesOutAMapThatLacksAField() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'set':{'size':{'depth':50},'price':1},'onInvalid':'skip'}",
                    "{'name':'chair','price':1,'size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("size");
        }

        @Test
        void keepsWhatMustBeThere() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'unset':['name','size.width','size.depth'],'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'size':{'width':40},'tags':['new']}");

            assertThat(outcome.skipped())
                    .extracting(Outcome.Skipped::path)
                    .containsExactlyInAnyOrder("name", "size.width");
        }

        @Test
        void leavesOutChangesOfArraysWhole() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'append':{'tags':['fine','far too long a tag']},'set':{'stock':1},'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'stock':1,'size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("tags");
            assertThat(outcome.skipped().getFirst().problem().violations())
                    .extracting(Problem.Violation::pointer)
                    .containsExactly("/tags/2");
        }

        @Test
        void movesNothingToWhereItIsInvalid() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'rename':{'price':'stock.x'},'set':{'status':'open'},'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'status':'open','size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("price");
        }

        @Test
        void computesFromWhatIsLeft() {
            applied(
                    CHAIR,
                    "{'steps':[{'set':{'price':-5}},{'compute':{'stock':'doc.price + 6'}}],'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'stock':16,'size':{'width':40,'depth':40},'tags':['new']}");
        }

        @Test
        void tellsAStepsOperatorFromAnothers() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'steps':[{'set':{'stock':1}},{'increment':{'name':1}}],'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'stock':1,'size':{'width':40,'depth':40},'tags':['new']}");

            assertThat(outcome.skipped().getFirst().problem().pointer()).isEqualTo("/steps/1");
            assertThat(outcome.steps()).hasSize(2);
        }

        @Test
        void mergesValidMembersOnly() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'mergeDeep':{'size':{'width':0,'unit':'cm'}},'onInvalid':'skip'}",
                    "{'name':'chair','price':10,'size':{'width':40,'depth':40,'unit':'cm'},'tags':['new']}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("size.width");
        }

        @Test
        void readsPlacesOfMapsThatAreEscaped() {
            Outcome.Applied outcome = applied(
                    stored("{'name':'chair','size':{'width':1}}"),
                    "{'set':{'size':{'width':2,'unit':{'@map':{'@x':1}}}},'onInvalid':'skip'}",
                    "{'name':'chair','size':{'width':2}}");

            assertThat(outcome.skipped()).extracting(Outcome.Skipped::path).containsExactly("size.unit");
        }

        @Test
        void thatIsAllValidIsAppliedAsEver() {
            assertThat(applied(
                                    CHAIR,
                                    "{'set':{'price':1},'onInvalid':'skip'}",
                                    "{'name':'chair','price':1,'size':{'width':40,'depth':40},'tags':['new']}")
                            .skipped())
                    .isEmpty();
        }
    }

    @Nested
    class OtherWritesThatSkip {

        @Test
        void createWhatIsValid() {
            Outcome.Applied outcome = applied(
                    MISSING,
                    "{'create':{'name':'table','price':'much','size':{'width':3,'depth':'x'},'tags':[1]},'onInvalid':'skip'}",
                    "{'name':'table','size':{'width':3}}");

            assertThat(outcome.created()).isTrue();
            assertThat(outcome.skipped())
                    .extracting(Outcome.Skipped::path)
                    .containsExactlyInAnyOrder("price", "size.depth", "tags");
        }

        @Test
        void createNothingThatLacksAField() {
            Problem problem = problem(MISSING, "{'create':{'price':1,'stock':-1},'onInvalid':'skip'}");

            assertThat(problem.type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem.violations())
                    .extracting(Problem.Violation::pointer)
                    .contains("/name");
        }

        @Test
        void createNothingWhoseRequiredFieldIsInvalid() {
            Problem problem = problem(MISSING, "{'create':{'name':7,'price':1},'onInvalid':'skip'}");

            assertThat(problem.type()).isEqualTo(ProblemType.SCHEMA_VIOLATION);
            assertThat(problem.violations())
                    .extracting(Problem.Violation::detail)
                    .containsExactly("integer found, string expected", "required property 'name' not found");
        }

        @Test
        void replaceByWhatIsValid() {
            applied(CHAIR, "{'replace':{'name':'table','price':-1},'onInvalid':'skip'}", "{'name':'table'}");
        }

        @Test
        void patchWithWhatIsValid() {
            Outcome.Applied outcome = applied(
                    CHAIR,
                    "{'mergePatch':{'name':null,'price':20,'size':{'depth':null,'width':null}},'onInvalid':'skip'}",
                    "{'name':'chair','price':20,'size':{'width':40},'tags':['new']}");

            assertThat(outcome.skipped())
                    .extracting(Outcome.Skipped::path)
                    .containsExactlyInAnyOrder("name", "size.width");
        }

        @Test
        void takeAJsonPatchWholeOrNotAtAll() {
            assertThat(problem(
                                    CHAIR,
                                    "{'jsonPatch':[{'op':'add','path':'/x','value':1},{'op':'add','path':'/stock','value':1}],"
                                            + "'onInvalid':'skip'}")
                            .type())
                    .isEqualTo(ProblemType.SCHEMA_VIOLATION);
        }
    }

    private static Result apply(DocumentState before, String write) {
        return apply(before, write, LIMITS);
    }

    private static Result apply(DocumentState before, String write, DocumentLimits limits) {
        Write read = WriteJson.readRecord(
                utf8(write.replaceFirst("\\{", "{'document':'products/p1',")), null, Limits.DEFAULT);
        return Documents.apply(before, read, NOW, null, limits);
    }

    private static Outcome.Applied applied(DocumentState before, String write, String after) {
        Result result = apply(before, write);
        assertThat(result).isInstanceOf(Result.Applied.class);
        assertThat(result.after().data()).isEqualTo(map(after));
        Write read = WriteJson.readRecord(
                utf8(write.replaceFirst("\\{", "{'document':'products/p1',")), null, Limits.DEFAULT);
        return (Outcome.Applied) result.outcome(read);
    }

    private static Problem problem(DocumentState before, String write) {
        return problem(before, write, LIMITS);
    }

    private static Problem problem(DocumentState before, String write, DocumentLimits limits) {
        Result result = apply(before, write, limits);
        assertThat(result).isInstanceOf(Result.Refused.class);
        return ((Result.Refused) result).problems().getFirst();
    }

    private static DocumentState stored(String data) {
        return new DocumentState(NAME, 4, map(data), new DocumentState.Lifetime(NOW, NOW, NOW, null, null));
    }

    private static MapValue map(String json) {
        return ValueJson.readDocument(utf8(json), Limits.DEFAULT);
    }

    private static byte[] utf8(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }
}
