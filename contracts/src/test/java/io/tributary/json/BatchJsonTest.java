package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the golden files of {@link SchemaTest} do not say. */
class BatchJsonTest {

    @Test
    void readsNoBatchOfARecordWithoutWrites() {
        assertThat(BatchJson.readRecord(utf8("{\"document\":\"a/b\",\"delete\":true}"), null, Limits.DEFAULT))
                .isNull();
        assertThat(BatchJson.readRecord(utf8("{\"create\":{\"writes\":[]}}"), "a/b", Limits.DEFAULT))
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"writes":[{"document":"a/b","delete":true}]}                      |            | default
                    {"writes":[{"document":"a/b","delete":true}]}                      | a/b        | default
                    {"writes":[{"document":"a/b","delete":true}]}                      | tenant/a/b | tenant
                    {"writes":[{"document":"a/b","delete":true}],"database":"tenant"}  | a/b        | tenant
                    {"writes":[{"document":"a/b","delete":true}]}                      | nonsense   | default
                    """)
    void findsTheDatabaseOfARecord(String value, @Nullable String key, String database) {
        Batch batch = BatchJson.readRecord(utf8(value), key, Limits.DEFAULT);

        assertThat(batch).isNotNull().extracting(Batch::database).isEqualTo(database);
    }

    @Test
    void readsWritesIntoTheDatabaseOfTheBatch() {
        Batch batch = BatchJson.read("tenant", utf8("""
                        {"id": "0190f3",
                         "writes": [{"document": "a/b", "delete": true},
                                    {"database": "tenant", "document": "a/b", "create": {}}],
                         "reads": [{"document": "c/d", "version": 7}]}
                        """), Limits.DEFAULT);

        DocumentName ab = DocumentName.of("tenant", "a/b");
        assertThat(batch)
                .isEqualTo(new Batch(
                        "tenant",
                        List.of(
                                Write.of(ab, new Action.Delete()),
                                Write.of(ab, new Action.Create(MapValue.of(Map.of())))),
                        List.of(new Batch.Read(DocumentName.of("tenant", "c/d"), 7)),
                        "0190f3"));
    }

    @Test
    void readsBackABatchOfAnotherDatabase() {
        String json = "{\"writes\":[{\"database\":\"tenant\",\"document\":\"a/b\",\"delete\":true}]}";

        assertThat(text(BatchJson.write(BatchJson.read("tenant", utf8(json), Limits.DEFAULT))))
                .isEqualTo(json);
    }

    @Test
    void tellsWhichWriteIsWrong() {
        assertThat(refusal("{\"writes\":[{\"document\":\"a/b\",\"delete\":true},{\"document\":\"a/b\",\"inc\":{}}]}"))
                .extracting(Problem::type, Problem::index, Problem::pointer)
                .containsExactly(ProblemType.UNKNOWN_MEMBER, 1, "/writes/1/inc");
    }

    @Test
    void tellsNoIndexOfWhatIsWrongOutsideTheWrites() {
        assertThat(refusal("{\"reads\":[{\"document\":\"a\",\"version\":1}]}").index())
                .isNull();
    }

    @Test
    void saysThatTheBatchHasTheId() {
        assertThat(refusal("{\"writes\":[{\"id\":\"x\",\"document\":\"a/b\",\"delete\":true}]}")
                        .detail())
                .isEqualTo("a write of a batch has no \"id\" of its own; the batch has one for all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"writes\":[],\"writes\":[]}",
                "{\"writes\":[{\"document\":\"a/b\",\"document\":\"a/b\",\"delete\":true}]}",
                "{\"reads\":[{\"document\":\"a/b\",\"version\":1,\"version\":1}]}",
                "{\"writes\":[{\"document\":\"a/b\",\"delete\":true}]} {}",
                "{\"writes\":[{\"document\":\"a/b\",\"delete\":true}"
            })
    void refusesWhatIsMalformed(String json) {
        assertThat(refusal(json).type()).isEqualTo(ProblemType.MALFORMED);
    }

    @Test
    void takesAsManyWritesAsTheLimitSays() {
        assertThat(BatchJson.read("default", utf8(deletes(500)), Limits.DEFAULT).writes())
                .hasSize(500);
    }

    @Test
    void refusesOneWriteMore() {
        assertThat(refusal(deletes(501)))
                .extracting(Problem::type, Problem::pointer, Problem::detail)
                .containsExactly(ProblemType.LIMIT_EXCEEDED, "/writes/500", "a batch has more than 500 writes");
    }

    @Test
    void boundsReadsAlike() {
        String two = "{\"reads\":[{\"document\":\"a/b\",\"version\":1},{\"document\":\"a/c\",\"version\":1}]}";

        assertThat(Refusal.of(() -> BatchJson.read("default", utf8(two), Limits.DEFAULT.withBatchWrites(1))))
                .extracting(Problem::type, Problem::pointer)
                .containsExactly(ProblemType.LIMIT_EXCEEDED, "/reads/1");
    }

    @Test
    void refusesAWriteWithALongerNameThanTheLimit() {
        String json = "{\"writes\":[{\"document\":\"a/long\",\"delete\":true}]}";

        assertThat(Refusal.of(() -> BatchJson.read("default", utf8(json), Limits.DEFAULT.withNameBytes(5))))
                .extracting(Problem::type, Problem::pointer)
                .containsExactly(ProblemType.BAD_PATH, "/writes/0/document");
    }

    @Test
    void takesTheDeepestValueThatAWriteMayHave() {
        String deepest = "{\"@map\":{\"@a\":".repeat(20) + "1" + "}}".repeat(20);
        String json = "{\"writes\":[{\"document\":\"a/b\",\"steps\":[{\"append\":{\"x\":{\"values\":[],"
                + "\"at\":0}}}]},{\"document\":\"a/b\",\"create\":" + deepest + "}]}";

        assertThat(BatchJson.read("default", utf8(json), Limits.DEFAULT).writes())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"id":"x","writes":[{"document":"a/b","delete":true}]}  | {"writes":[{"delete":true,"document":"a/b"}],"id":"y"}
                    {"writes":[{"document":"a/b","set":{"x":1,"y":2}}]}     | {"writes":[{"document":"a/b","set":{"y":2,"x":1}}],"reads":[]}
                    {"reads":[{"document":"a/b","version":1}]}              | {"reads":[{"version":1,"document":"a/b"}]}
                    """)
    void hasOneFingerprintForOneBatch(String one, String other) {
        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"writes":[{"document":"a/b","set":{"x":1}}]}  | {"writes":[{"document":"a/b","set":{"x":1.0}}]}
                    {"writes":[{"document":"a/b","delete":true}]}  | {"writes":[{"document":"a/b","delete":true},{"document":"a/b","delete":true}]}
                    {"writes":[{"document":"a/b","delete":true}]}  | {"writes":[{"document":"a/b","delete":true}],"reads":[{"document":"a/b","version":1}]}
                    {"reads":[{"document":"a/b","version":1}]}     | {"reads":[{"document":"a/b","version":2}]}
                    {"reads":[{"document":"a/b","version":1}]}     | {"reads":[{"document":"a/c","version":1}]}
                    """)
    void tellsBatchesApart(String one, String other) {
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
    }

    @Test
    void tellsABatchFromItsReverse() {
        String create = "{\"document\":\"a/b\",\"create\":{}}";
        String delete = "{\"document\":\"a/b\",\"delete\":true}";

        assertThat(fingerprint("{\"writes\":[" + create + "," + delete + "]}"))
                .isNotEqualTo(fingerprint("{\"writes\":[" + delete + "," + create + "]}"));
    }

    private static String deletes(int count) {
        String delete = "{\"document\":\"a/b\",\"delete\":true}";
        return "{\"writes\":[" + String.join(",", Collections.nCopies(count, delete)) + "]}";
    }

    private static Problem refusal(String json) {
        return Refusal.of(() -> BatchJson.read("default", utf8(json), Limits.DEFAULT));
    }

    private static String fingerprint(String json) {
        return HexFormat.of().formatHex(BatchJson.fingerprint(BatchJson.read("default", utf8(json), Limits.DEFAULT)));
    }
}
