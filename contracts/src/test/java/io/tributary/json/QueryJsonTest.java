package io.tributary.json;

import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.query.Query;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import io.tributary.write.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryJsonTest {

    @Test
    void readsAWholeQuery() {
        String json = """
                {"collection":"products","where":{},"orderBy":["-price","@version"],"limit":10,"cursor":"c",
                 "fields":["a","`b,c`.d"],"total":true}
                """;

        assertThat(read(json))
                .isEqualTo(new Query(
                        new CollectionName("tenant", "products"),
                        Filter.ALWAYS,
                        List.of(
                                new SortKey(new Subject.Field(FieldPath.parse("price")), true),
                                new SortKey(Subject.SystemField.VERSION, false)),
                        10,
                        "c",
                        List.of(FieldPath.parse("a"), FieldPath.ofKeys("b,c", "d")),
                        true));
    }

    @Test
    void needsNothingButACollection() {
        assertThat(read("{\"collection\":\"products\"}"))
                .isEqualTo(new Query(
                        new CollectionName("tenant", "products"),
                        Filter.ALWAYS,
                        List.of(),
                        Query.DEFAULT_LIMIT,
                        null,
                        null,
                        false));
    }

    @Test
    void takesWhatTheQueryParametersTake() {
        assertThat(read("{\"collection\":\"a\",\"orderBy\":\"-b,c\",\"fields\":\"d,e\"}"))
                .isEqualTo(read("{\"collection\":\"a\",\"orderBy\":[\"-b\",\"c\"],\"fields\":[\"d\",\"e\"]}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {}                                  | bad-value      | ''
                    {"collection":"a/b"}                | bad-path       | /collection
                    {"collection":"a","limit":0}        | bad-value      | /limit
                    {"collection":"a","limit":1001}     | bad-value      | /limit
                    {"collection":"a","orderBy":["@x"]} | bad-path       | /orderBy/0
                    {"collection":"a","orderBy":""}     | bad-path       | /orderBy
                    {"collection":"a","fields":["a.",1]}| bad-path       | /fields/0
                    {"collection":"a","where":{"a":{"x":1}}} | unknown-member | /where/a/x
                    {"collection":"a","filter":{}}      | unknown-member | /filter
                    """)
    void refusesWhatIsNoQuery(String json, String problem, String pointer) {
        assertThat(Refusal.of(() -> read(json)))
                .extracting(refused -> refused.type().slug(), Problem::pointer)
                .containsExactly(problem, pointer);
    }

    @Test
    void splitsAListOfFieldsAtCommasOutsideBackticks() {
        assertThat(FieldPaths.readList("a,`b,\\`,c`.d,e.f"))
                .containsExactly(FieldPath.parse("a"), FieldPath.ofKeys("b,`,c", "d"), FieldPath.parse("e.f"));
    }

    @Test
    void readsAnOrderFromText() {
        assertThat(SortKeys.read("-price,name,-@time"))
                .extracting(SortKey::toString)
                .containsExactly("-price", "name", "-@time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a,", "a b", "--a", "+a", "`a", "@nothing"})
    void refusesWhatIsNoOrder(String text) {
        assertThat(Refusal.of(() -> SortKeys.read(text)).type().slug()).isEqualTo("bad-path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,", "-a", "`a", "@id"})
    void refusesWhatIsNoListOfFields(String text) {
        assertThat(Refusal.of(() -> FieldPaths.readList(text)).type().slug()).isEqualTo("bad-path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"collection\":\"cities\",\"limit\":50}",
                "{\"collection\":\"a/b/c\",\"where\":{\"n\":{\"gt\":1}},\"orderBy\":[\"-n\",\"`a,b`\",\"@id\"],"
                        + "\"limit\":7,\"cursor\":\"c\",\"fields\":[\"n\",\"`x.y`.z\"],\"total\":true}"
            })
    void writesWhatItReads(String json) {
        assertThat(QueryJson.write(read(json))).asString().isEqualTo(json);
    }

    private static Query read(String json) {
        return QueryJson.read("tenant", utf8(json), Limits.DEFAULT);
    }
}
