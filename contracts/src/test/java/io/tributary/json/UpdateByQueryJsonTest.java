package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.query.Selection;
import io.tributary.query.UpdateByQuery;
import io.tributary.value.IntegerValue;
import io.tributary.write.Action;
import io.tributary.write.Filter;
import io.tributary.write.Operator;
import io.tributary.write.SortKey;
import io.tributary.write.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateByQueryJsonTest {

    private static final CollectionName PRODUCTS = new CollectionName("tenant", "products");

    @Test
    void readsAWholeUpdateByQuery() {
        String json = """
                {"collection":"products","where":{"stock":0},"increment":{"n":1},"orderBy":"-price","offset":3,"limit":1000,
                 "fireTriggers":false,"rate":2.5,"max":7,"dryRun":true}
                """;

        assertThat(read(json))
                .isEqualTo(new UpdateByQuery(
                        new Selection(
                                PRODUCTS,
                                new Filter.Is(
                                        new Subject.Field(FieldPath.parse("stock")),
                                        new Filter.Eq(new IntegerValue(0))),
                                List.of(new SortKey(new Subject.Field(FieldPath.parse("price")), true)),
                                3,
                                1_000L),
                        Action.Update.of(new Operator.Increment(FieldPath.parse("n"), new IntegerValue(1))),
                        new UpdateByQuery.Options(false, 2.5, 7L, true)));
    }

    @Test
    void readsADeletionOfAll() {
        assertThat(read("{\"collection\":\"products\",\"where\":{},\"all\":true,\"delete\":true}"))
                .isEqualTo(new UpdateByQuery(
                        Selection.of(PRODUCTS, Filter.ALWAYS), new Action.Delete(), UpdateByQuery.Options.DEFAULT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"collection\":\"products\",\"where\":{},\"all\":true,\"delete\":true}",
                "{\"collection\":\"a/b/c\",\"where\":{\"x\":1},\"steps\":[{\"set\":{\"y\":1}},{\"unset\":[\"y\"]}]}",
                "{\"collection\":\"a\",\"where\":{\"x\":1},\"set\":{\"x\":2},\"orderBy\":[\"-b\",\"@id\"],\"offset\":1,"
                        + "\"limit\":5,\"fireTriggers\":false,\"rate\":100,\"max\":0,\"dryRun\":true}"
            })
    void writesWhatItReads(String json) {
        UpdateByQuery update = read(json);

        assertThat(read(text(UpdateByQueryJson.write(update)))).isEqualTo(update);
        assertThat(UpdateByQueryJson.readStored("tenant", UpdateByQueryJson.write(update)))
                .isEqualTo(update);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"where":{"a":1},"set":{"a":1}}                                         | bad-value        |            | no "collection"
            {"collection":"a/b","where":{"a":1},"set":{"a":1}}                      | bad-path         | /collection | even number
            {"collection":"a","set":{"a":1}}                                        | bad-value        |            | "where" is missing; all documents of the collection are meant by {"where": {}, "all": true}
            {"collection":"a","where":{},"set":{"a":1}}                             | bad-value        |            | "where" is empty
            {"collection":"a","where":{},"all":false,"set":{"a":1}}                 | bad-value        |            | "where" is empty
            {"collection":"a","where":{"a":1},"all":true,"set":{"a":1}}             | bad-value        | /all       | beside an empty "where" only
            {"collection":"a","where":{"a":1}}                                      | malformed        |            | nothing to do
            {"collection":"a","where":{"a":1},"set":{"a":1},"delete":true}          | malformed        | /delete    | one thing
            {"collection":"a","where":{"a":1},"delete":false}                       | bad-value        | /delete    | expected true
            {"collection":"a","where":{"a":1},"delete":true,"limit":0}              | bad-value        | /limit     | at least 1
            {"collection":"a","where":{"a":1},"delete":true,"limit":-5}             | bad-value        | /limit     | at least 1
            {"collection":"a","where":{"a":1},"delete":true,"limit":"5"}            | bad-value        | /limit     | found a string
            {"collection":"a","where":{"a":1},"delete":true,"offset":-1}            | bad-value        | /offset    | between 0 and 10000
            {"collection":"a","where":{"a":1},"delete":true,"offset":10001}         | bad-value        | /offset    | between 0 and 10000
            {"collection":"a","where":{"a":1},"delete":true,"max":-1}               | bad-value        | /max       | at least 0
            {"collection":"a","where":{"a":1},"delete":true,"rate":0}               | bad-value        | /rate      | documents per second
            {"collection":"a","where":{"a":1},"delete":true,"rate":-2.5}            | bad-value        | /rate      | documents per second
            {"collection":"a","where":{"a":1},"delete":true,"dryRun":1}             | bad-value        | /dryRun    | true or false
            {"collection":"a","where":{"a":1},"delete":true,"orderBy":"b"}          | bad-value        | /orderBy   | "limit" of at most 1000
            {"collection":"a","where":{"a":1},"delete":true,"orderBy":"b","limit":1001} | bad-value    | /orderBy   | "limit" of at most 1000
            {"collection":"a","where":{"a":1},"delete":true,"limt":1}               | unknown-member   | /limt      | did you mean "limit"?
            {"collection":"a","where":{"a":1},"$inc":{"a":1}}                       | unknown-member   | /$inc      | did you mean "increment"?
            {"collection":"a","where":{"a":1},"price":1}                            | unknown-member   | /price     | did you mean {"set": {"price": …}}?
            {"collection":"a","where":{"a":1},"set":{"a":1},"upsert":true}          | unknown-member   | /upsert    | creates none
            {"collection":"a","where":{"a":1},"mergePatch":{"a":1}}                 | unknown-member   | /mergePatch | it takes operators
            {"collection":"a","where":{"a":1},"set":{"a":1},"if":{"exists":true}}   | unknown-member   | /if        | checked again
            {"collection":"a","where":{"a":1},"set":{"a":1},"id":"k"}               | unknown-member   | /id        | Idempotency-Key
            []                                                                      | bad-value        |            | an update by query, an object
            """)
    void refusesMistakes(String json, String slug, String pointer, String detail) {
        Problem problem = Refusal.of(() -> read(json));

        assertThat(problem.type().slug()).isEqualTo(slug);
        assertThat(problem.pointer()).isEqualTo(pointer == null ? "" : pointer);
        assertThat(problem.detail()).contains(detail);
    }

    @Test
    void knowsARepetitionByItsMeaning() {
        byte[] one = UpdateByQueryJson.fingerprint(
                read("{\"collection\":\"a\",\"where\":{\"x\":1},\"set\":{\"b\":1,\"a\":1},\"rate\":10}"));

        assertThat(UpdateByQueryJson.fingerprint(
                        read("{\"rate\":10.0,\"set\":{\"a\":1,\"b\":1},\"where\":{\"x\":1},\"collection\":\"a\"}")))
                .isEqualTo(one);
        assertThat(UpdateByQueryJson.fingerprint(
                        read("{\"collection\":\"a\",\"where\":{\"x\":1},\"set\":{\"b\":1,\"a\":2},\"rate\":10}")))
                .isNotEqualTo(one);
    }

    private static UpdateByQuery read(String json) {
        return UpdateByQueryJson.read("tenant", utf8(json), Limits.DEFAULT);
    }
}
