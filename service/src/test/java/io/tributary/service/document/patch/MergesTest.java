package io.tributary.service.document.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.document.Json;
import io.tributary.value.MapValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergesTest {

    /**
     * The table of RFC 7396, appendix A, as far as target and patch are objects. The others change a document into an
     * array, a string or null, or start from one; no document is such a thing. They stand below as members.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":"b"}             | {"a":"c"}                | {"a":"c"}
        {"a":"b"}             | {"b":"c"}                | {"a":"b","b":"c"}
        {"a":"b"}             | {"a":null}               | {}
        {"a":"b","b":"c"}     | {"a":null}               | {"b":"c"}
        {"a":["b"]}           | {"a":"c"}                | {"a":"c"}
        {"a":"c"}             | {"a":["b"]}              | {"a":["b"]}
        {"a":{"b":"c"}}       | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
        {"a":[{"b":"c"}]}     | {"a":[1]}                | {"a":[1]}
        {"e":null}            | {"a":1}                  | {"e":null,"a":1}
        {}                    | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
        """)
    void mergesAsTheRfcShows(String target, String patch, String result) {
        assertThat(Merges.patch(Json.map(target), Json.map(patch))).isEqualTo(Json.map(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"m":["a","b"]}       | {"m":["c","d"]}          | {"m":["c","d"]}
        {"m":{"a":"b"}}       | {"m":["c"]}              | {"m":["c"]}
        {"m":{"a":"foo"}}     | {"m":null}               | {}
        {"m":{"a":"foo"}}     | {"m":"bar"}              | {"m":"bar"}
        {"m":[1,2]}           | {"m":{"a":"b","c":null}} | {"m":{"a":"b"}}
        """)
    void mergesMembersAsTheRfcShowsForWholes(String target, String patch, String result) {
        assertThat(Merges.patch(Json.map(target), Json.map(patch))).isEqualTo(Json.map(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":{"@geopoint":{"latitude":1,"longitude":2}}} | {"a":{"latitude":3}}  | {"a":{"latitude":3}}
        {"a":{"b":1}}         | {"a":{"@bytes":"AA=="}}  | {"a":{"@bytes":"AA=="}}
        {"a":{"b":1}}         | {"a":{"@map":{"@b":2}}}  | {"a":{"b":1,"@b":2}}
        """)
    void replacesTypedValuesWhole(String target, String patch, String result) {
        assertThat(Merges.patch(Json.map(target), Json.map(patch))).isEqualTo(Json.map(result));
    }

    @Test
    void theEmptyPatchKeepsTheData() {
        MapValue data = Json.map("{\"a\": {\"b\": null}}");

        assertThat(Merges.patch(data, MapValue.EMPTY)).isSameAs(data);
    }
}
