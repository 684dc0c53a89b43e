package io.tributary.service.document.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Json;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Filter;
import io.tributary.write.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A table for each test of a filter: the data, the filter, and whether it holds. */
class FiltersTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 1}                         | {"a": 1}                         | true
        {"a": 1}                         | {"a": 1.0}                       | true
        {"a": 0.0}                       | {"a": -0.0}                      | true
        {"a": {"@double": "NaN"}}        | {"a": {"@double": "NaN"}}        | true
        {"a": 9007199254740993}          | {"a": 9007199254740992.0}        | false
        {"a": 1}                         | {"a": 2}                         | false
        {"a": "1"}                       | {"a": 1}                         | false
        {"a": null}                      | {"a": null}                      | true
        {}                               | {"a": null}                      | false
        {"a": {"b": 1}}                  | {"a.b": 1}                       | true
        {"a": 1}                         | {"a.b": 1}                       | false
        {"a.b": 1}                       | {"`a.b`": 1}                     | true
        {"or": 1}                        | {"`or`": 1}                      | true
        {"a": [1, 2]}                    | {"a": [1.0, 2]}                  | true
        {"a": [1, 2]}                    | {"a": [2, 1]}                    | false
        {"a": [1]}                       | {"a": 1}                         | false
        {"a": {"b": 1, "c": 2}}          | {"a": {"eq": {"c": 2, "b": 1.0}}} | true
        {"a": {"b": 1, "c": 2}}          | {"a": {"eq": {"b": 1}}}          | false
        {"a": {}}                        | {"a": {"eq": {}}}                | true
        {"a": {"@bytes": "AA=="}}        | {"a": {"@bytes": "AA"}}          | true
        """)
    void equality(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 1}                         | {"a": {"ne": 2}}                 | true
        {"a": 1}                         | {"a": {"ne": 1.0}}               | false
        {}                               | {"a": {"ne": 1}}                 | true
        {}                               | {"a": {"ne": null}}              | true
        {"a": null}                      | {"a": {"ne": null}}              | false
        {"a": 2}                         | {"a": {"in": [1, 2.0]}}          | true
        {"a": 2}                         | {"a": {"in": []}}                | false
        {}                               | {"a": {"in": [null]}}            | false
        {"a": null}                      | {"a": {"in": [null]}}            | true
        {"a": 2}                         | {"a": {"notIn": [1, 2.0]}}       | false
        {"a": 2}                         | {"a": {"notIn": []}}             | true
        {}                               | {"a": {"notIn": [1]}}            | true
        """)
    void inequalityAndLists(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 2}                         | {"a": {"gt": 1}}                 | true
        {"a": 2}                         | {"a": {"gt": 2.0}}               | false
        {"a": 2}                         | {"a": {"gte": 2.0}}              | true
        {"a": 2}                         | {"a": {"lt": 2.5}}               | true
        {"a": 2}                         | {"a": {"lt": 2}}                 | false
        {"a": 2.0}                       | {"a": {"lte": 2}}                | true
        {"a": 5}                         | {"a": {"gt": 1, "lt": 3}}        | false
        {"a": 9007199254740993}          | {"a": {"gt": 9007199254740992.0}} | true
        {"a": {"@double": "NaN"}}        | {"a": {"lt": {"@double": "-Infinity"}}} | true
        {"a": {"@double": "NaN"}}        | {"a": {"gte": {"@double": "NaN"}}} | true
        {"a": -5}                        | {"a": {"gt": {"@double": "NaN"}}} | true
        {"a": 2}                         | {"a": {"lt": "x"}}               | false
        {"a": "x"}                       | {"a": {"gt": 2}}                 | false
        {"a": "b"}                       | {"a": {"gt": "a", "lt": "c"}}    | true
        {"a": "\uFFFF"}                  | {"a": {"lt": "\uD83D\uDE00"}}    | true
        {"a": true}                      | {"a": {"gt": false}}             | true
        {"a": true}                      | {"a": {"gt": 0}}                 | false
        {"a": null}                      | {"a": {"gte": null}}             | true
        {"a": null}                      | {"a": {"gt": null}}              | false
        {}                               | {"a": {"lte": null}}             | false
        {"a": [1, 2]}                    | {"a": {"gt": [1]}}               | true
        {"a": {"b": 1}}                  | {"a": {"lt": {"b": 2}}}          | true
        {"a": {"@timestamp": "2026-11-21T08:00:00Z"}} | {"a": {"gt": {"@timestamp": "2026-11-21T08:59:59+01:00"}}} | true
        {"a": {"@reference": "c/__id9__"}} | {"a": {"lt": {"@reference": "c/__id10__"}}} | true
        {"a": {"@reference": "c/x"}}     | {"a": {"gt": "c/a"}}             | false
        """)
    void comparisons(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": null}                      | {"a": {"exists": true}}          | true
        {"a": null}                      | {"a": {"exists": false}}         | false
        {}                               | {"a": {"exists": true}}          | false
        {}                               | {"a": {"exists": false}}         | true
        {"a": 1}                         | {"a.b": {"exists": false}}       | true
        {"a": 1}                         | {"a": {"type": "integer"}}       | true
        {"a": 1}                         | {"a": {"type": "number"}}        | true
        {"a": 1.0}                       | {"a": {"type": "double"}}        | true
        {"a": 1.0}                       | {"a": {"type": "integer"}}       | false
        {"a": "1"}                       | {"a": {"type": "number"}}        | false
        {"a": null}                      | {"a": {"type": "null"}}          | true
        {}                               | {"a": {"type": "null"}}          | false
        {"a": {"@vector": [1.0]}}        | {"a": {"type": "array"}}         | false
        {"a": {"@map": {"@x": 1}}}       | {"a": {"type": "map"}}           | true
        """)
    void existenceAndTypes(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, "x"]}                  | {"a": {"contains": 1.0}}         | true
        {"a": [1, "x"]}                  | {"a": {"contains": "y"}}         | false
        {"a": [[1]]}                     | {"a": {"contains": 1}}           | false
        {"a": [{"b": 1, "c": 2}]}        | {"a": {"contains": {"b": 1}}}    | false
        {"a": [null]}                    | {"a": {"contains": null}}        | true
        {"a": "xyz"}                     | {"a": {"contains": "x"}}         | false
        {"a": {"@vector": [1.0]}}        | {"a": {"contains": 1.0}}         | false
        {}                               | {"a": {"contains": null}}        | false
        {"a": [1, 2]}                    | {"a": {"containsAny": [9, 2.0]}} | true
        {"a": [1, 2]}                    | {"a": {"containsAny": [9]}}      | false
        {"a": [1, 2]}                    | {"a": {"containsAny": []}}       | false
        {"a": 1}                         | {"a": {"containsAny": [1]}}      | false
        {"a": [1, 2, 3]}                 | {"a": {"containsAll": [3, 1.0, 1]}} | true
        {"a": [1, 2]}                    | {"a": {"containsAll": [1, 3]}}   | false
        {"a": []}                        | {"a": {"containsAll": []}}       | true
        {"a": 1}                         | {"a": {"containsAll": []}}       | false
        {"a": [1, 1]}                    | {"a": {"size": 2}}               | true
        {"a": []}                        | {"a": {"size": 0}}               | true
        {"a": [1]}                       | {"a": {"size": 2}}               | false
        {"a": "ab"}                      | {"a": {"size": 2}}               | false
        {}                               | {"a": {"size": 0}}               | false
        """)
    void arrays(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": "tribute"}                 | {"a": {"startsWith": "tri"}}     | true
        {"a": "tribute"}                 | {"a": {"startsWith": ""}}        | true
        {"a": "tribute"}                 | {"a": {"startsWith": "Tri"}}     | false
        {"a": ["tri"]}                   | {"a": {"startsWith": "tri"}}     | false
        {}                               | {"a": {"startsWith": ""}}        | false
        {"a": "tribute"}                 | {"a": {"matches": "b.t"}}        | true
        {"a": "tribute"}                 | {"a": {"matches": "^b"}}         | false
        {"a": "tribute"}                 | {"a": {"matches": "(?i)TRI"}}    | true
        {"a": 5}                         | {"a": {"matches": "5"}}          | false
        {"a": null}                      | {"a": {"matches": ""}}           | false
        """)
    void strings(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 7}                         | {"a": {"mod": [4, 3]}}           | true
        {"a": 7}                         | {"a": {"mod": [4, 2]}}           | false
        {"a": -7}                        | {"a": {"mod": [4, -3]}}          | true
        {"a": -7}                        | {"a": {"mod": [4, 1]}}           | false
        {"a": 7}                         | {"a": {"mod": [-4, 3]}}          | true
        {"a": -9223372036854775808}      | {"a": {"mod": [-1, 0]}}          | true
        {"a": 7.0}                       | {"a": {"mod": [4, 3]}}           | true
        {"a": 7.5}                       | {"a": {"mod": [4, 3]}}           | false
        {"a": 1e20}                      | {"a": {"mod": [3, 1]}}           | true
        {"a": -0.0}                      | {"a": {"mod": [3, 0]}}           | true
        {"a": {"@double": "NaN"}}        | {"a": {"mod": [1, 0]}}           | false
        {"a": {"@double": "Infinity"}}   | {"a": {"mod": [1, 0]}}           | false
        {"a": "8"}                       | {"a": {"mod": [4, 0]}}           | false
        {}                               | {"a": {"mod": [4, 0]}}           | false
        """)
    void remainders(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 5]}                    | {"a": {"elemMatch": {"gt": 3}}}  | true
        {"a": [1, 9]}                    | {"a": {"elemMatch": {"gt": 3, "lt": 8}}} | false
        {"a": [{"p": 1, "q": 2}]}        | {"a": {"elemMatch": {"p": 1, "q": 2}}} | true
        {"a": [{"p": 1}, {"q": 2}]}      | {"a": {"elemMatch": {"p": 1, "q": 2}}} | false
        {"a": [{"gt": 1}]}               | {"a": {"elemMatch": {"`gt`": 1}}} | true
        {"a": [1]}                       | {"a": {"elemMatch": {}}}         | true
        {"a": []}                        | {"a": {"elemMatch": {}}}         | false
        {"a": 1}                         | {"a": {"elemMatch": {}}}         | false
        {}                               | {"a": {"elemMatch": {}}}         | false
        {"a": [1]}                       | {"a": {"elemMatch": {"p": {"ne": 1}}}} | false
        {"a": [1]}                       | {"a": {"elemMatch": {"p": {"exists": false}}}} | false
        {"a": [{}]}                      | {"a": {"elemMatch": {"p": {"ne": 1}}}} | true
        {"a": [7]}                       | {"a": {"elemMatch": {"or": [{"gt": 5}, {"p": 1}]}}} | true
        {"a": [7]}                       | {"a": {"elemMatch": {"not": {"or": [{"lt": 5}, {"p": 1}]}}}} | false
        {"a": [{"p": [{"q": 1}]}]}       | {"a": {"elemMatch": {"p": {"elemMatch": {"q": 1}}}}} | true
        {"a": [[1], [5]]}                | {"a": {"elemMatch": {"elemMatch": {"gt": 3}}}} | true
        {"a": [[{"q": 1}]]}              | {"a": {"elemMatch": {"elemMatch": {"q": 1}}}} | true
        """)
    void elements(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                               | {}                               | true
        {"a": 1, "b": 2}                 | {"a": 1, "b": 2}                 | true
        {"a": 1, "b": 2}                 | {"a": 1, "b": 3}                 | false
        {"a": 1}                         | {"and": []}                      | true
        {"a": 1}                         | {"or": []}                       | false
        {"a": 1}                         | {"or": [{"a": 2}, {"a": 1}]}     | true
        {"a": 1}                         | {"not": {"a": 1}}                | false
        {}                               | {"not": {"a": {"gt": 1}}}        | true
        {}                               | {"not": {}}                      | false
        {"a": 1}                         | {"not": {"not": {"a": 1}}}       | true
        {"a": 1}                         | {"a": 1, "not": {"b": 1}}        | true
        """)
    void connectives(String data, String filter, boolean holds) {
        check(data, filter, holds);
    }

    @Test
    void theElementItselfIsMissingOutsideOfArrays() {
        var filter = new Filter.Is(new Subject.Element(), new Filter.Exists(true));

        assertThat(Documents.matches(filter, DocumentState.missing(Json.NAME))).isFalse();
    }

    @Test
    void elementsHaveNoSystemFields() {
        Value element = Json.value("1");
        var filter = new Filter.Is(Subject.SystemField.VERSION, new Filter.Exists(false));

        assertThat(Filters.matchesElement(new Filter.Not(filter), element)).isFalse();
        assertThat(Filters.matches(filter, Subjects.ofElement(MapValue.EMPTY))).isTrue();
    }

    @Test
    void aFilterOfManyTestsIsJudgedAsAWhole() {
        var all = new Filter.And(List.of(Json.filter("{\"a\": 1}"), Json.filter("{\"b\": {\"exists\": false}}")));

        assertThat(matches(all, "{\"a\": 1}")).isTrue();
    }

    private static void check(String data, String filter, boolean holds) {
        assertThat(matches(Json.filter(filter), data)).isEqualTo(holds);
        assertThat(matches(new Filter.Not(Json.filter(filter)), data)).isEqualTo(!holds);
    }

    private static boolean matches(Filter filter, String data) {
        return Documents.matches(filter, new DocumentState(Json.NAME, 1, Json.map(data), null));
    }
}
