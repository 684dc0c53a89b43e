package io.tributary.service.document.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.service.document.Json;
import io.tributary.value.MapValue;
import io.tributary.write.Step;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A table for each operator: the data before, the operand, and the data afterwards, {@code same} when nothing changes, or
 * the problem as {@code slug path expected actual}.
 */
class OperatorsTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 1}                   | {"a": 1}
        {"a": null}                  | {"a": 1}                   | {"a": 1}
        {"a": "text"}                | {"a": {"b": [1]}}          | {"a": {"b": [1]}}
        {"a": {"b": 1, "c": 2}}      | {"a.b": null}              | {"a": {"b": null, "c": 2}}
        {}                           | {"a.b.c": 1}               | {"a": {"b": {"c": 1}}}
        {"a": {}}                    | {"a.b": 1, "a.c": 2}       | {"a": {"b": 1, "c": 2}}
        {}                           | {"`a.b`": 1, "`or`": 2}    | {"a.b": 1, "or": 2}
        {"a": 1}                     | {"a": 1.0}                 | {"a": 1.0}
        {"a": 0.0}                   | {"a": -0.0}                | {"a": -0.0}
        {"a": 1}                     | {"a": 1}                   | same
        {"a": {"@double": "NaN"}}    | {"a": {"@double": "NaN"}}  | same
        {"a": {"b": [1, {}]}}        | {"a": {"b": [1, {}]}}      | same
        {"a": {"b": 1, "c": 2}}      | {"a": {"c": 2, "b": 1}}    | same
        {"a": 1}                     | {"a.b": 1}                 | type-mismatch a map integer
        {"a": null}                  | {"a.b": 1}                 | type-mismatch a map null
        {"a": {"b": []}}             | {"a.b.c.d": 1}             | type-mismatch a.b map array
        {"a": {"@geopoint": {"latitude": 1, "longitude": 2}}} | {"a.latitude": 1} | type-mismatch a map geopoint
        """)
    void set(String before, String operand, String after) {
        check("set", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 1, "b": 2}             | ["a"]                      | {"b": 2}
        {"a": null}                  | ["a"]                      | {}
        {"a": {"b": 1}}              | ["a.b"]                    | {"a": {}}
        {"a": {"b": 1}, "c": 1}      | ["a.b", "c"]               | {"a": {}}
        {}                           | ["a"]                      | same
        {"a": {}}                    | ["a.b", "c.d"]             | same
        {"a": 1}                     | ["a.b"]                    | same
        {"a": null}                  | ["a.b.c"]                  | same
        {"a": [1]}                   | ["a.`0`"]                  | same
        """)
    void unset(String before, String operand, String after) {
        check("unset", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": {"b": 1}}            | {"a": {"b": 1}}
        {}                           | {"a": {}}                  | {"a": {}}
        {}                           | {"a.b": {"c": 1}}          | {"a": {"b": {"c": 1}}}
        {"a": {"b": 1, "c": 2}}      | {"a": {"b": 3, "d": 4}}    | {"a": {"b": 3, "c": 2, "d": 4}}
        {"a": {"b": {"x": 1}}}       | {"a": {"b": {"y": 2}}}     | {"a": {"b": {"y": 2}}}
        {"a": {"b": 1}}              | {"a": {"b": null}}         | {"a": {"b": null}}
        {"a": {"b": [1, 2]}}         | {"a": {"b": [3]}}          | {"a": {"b": [3]}}
        {"a": {"b": 1}}              | {"a": {"b": 1.0}}          | {"a": {"b": 1.0}}
        {"a": {"b": 1}}              | {"a": {}}                  | same
        {"a": {"b": 1}}              | {"a": {"b": 1}}            | same
        {"a": 1}                     | {"a": {"b": 1}}            | type-mismatch a map integer
        {"a": null}                  | {"a": {}}                  | type-mismatch a map null
        {"a": true}                  | {"a.b": {}}                | type-mismatch a map boolean
        """)
    void merge(String before, String operand, String after) {
        check("merge", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": {"b": {"c": null}}}  | {"a": {"b": {"c": null}}}
        {"a": {"b": {"x": 1}}}       | {"a": {"b": {"y": 2}}}     | {"a": {"b": {"x": 1, "y": 2}}}
        {"a": {"b": {"x": 1}}}       | {"a": {"b": {"x": null}}}  | {"a": {"b": {"x": null}}}
        {"a": {"b": {"x": 1}}}       | {"a": {"b": {}}}           | same
        {"a": {"b": {"x": 1}}}       | {"a": {"b": 2}}            | {"a": {"b": 2}}
        {"a": {"b": 2}}              | {"a": {"b": {"x": 1}}}     | {"a": {"b": {"x": 1}}}
        {"a": {"b": [{"x": 1}]}}     | {"a": {"b": [{"y": 2}]}}   | {"a": {"b": [{"y": 2}]}}
        {"a": {"b": {"@bytes": ""}}} | {"a": {"b": {"x": 1}}}     | {"a": {"b": {"x": 1}}}
        {"a": {"b": 1}}              | {"a": {"b": 1}}            | same
        {"a": "text"}                | {"a": {}}                  | type-mismatch a map string
        {"a": null}                  | {"a": {"b": 1}}            | type-mismatch a map null
        {"a": []}                    | {"a.b": {}}                | type-mismatch a map array
        """)
    void mergeDeep(String before, String operand, String after) {
        check("mergeDeep", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 1}                     | {"a": "b"}                 | {"b": 1}
        {"a": null}                  | {"a": "b"}                 | {"b": null}
        {"a": 1, "b": {"c": 2}}      | {"a": "b"}                 | {"b": 1}
        {"a": 1}                     | {"a": "b.c"}               | {"b": {"c": 1}}
        {"a": {"b": 1, "c": 2}}      | {"a.b": "a.d"}             | {"a": {"c": 2, "d": 1}}
        {"a": {"b": 1}}              | {"a.b": "c"}               | {"a": {}, "c": 1}
        {"a": 1, "b": 1}             | {"a": "b"}                 | {"b": 1}
        {"b": 1}                     | {"a": "b"}                 | same
        {"a": 1, "b": 2}             | {"a.x": "b"}               | same
        {"a": null, "b": 2}          | {"a.x": "b.y"}             | same
        {"a": 1, "b": 2}             | {"a": "b.c"}               | type-mismatch b map integer
        {"a": 1, "b": null}          | {"a": "b.c.d"}             | type-mismatch b map null
        """)
    void rename(String before, String operand, String after) {
        check("rename", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a.b": 1}                 | {"a": {"b": 1}}
        """)
    void setOnCreateSetsWhereTheDocumentIsCreated(String before, String operand, String after) {
        var step = Json.step("{\"setOnCreate\": " + operand + "}");
        check(step, Json.map(before), new Occasion(TIME, true, "p42"), after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 1}                   | same
        {"a": 2}                     | {"a": 1}                   | same
        {"a": 2}                     | {"a.b": 1}                 | same
        """)
    void setOnCreate(String before, String operand, String after) {
        check("setOnCreate", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 2}                   | {"a": 2}
        {}                           | {"a": 2.5}                 | {"a": 2.5}
        {}                           | {"a": 0}                   | {"a": 0}
        {}                           | {"a.b": -1}                | {"a": {"b": -1}}
        {"a": {"b": 1}}              | {"a.b": 1}                 | {"a": {"b": 2}}
        {"a": 1}                     | {"a": 2}                   | {"a": 3}
        {"a": 1}                     | {"a": 0.5}                 | {"a": 1.5}
        {"a": 1.5}                   | {"a": 1}                   | {"a": 2.5}
        {"a": 1.5}                   | {"a": 0.5}                 | {"a": 2.0}
        {"a": 1}                     | {"a": 0.0}                 | {"a": 1.0}
        {"a": -0.0}                  | {"a": 0}                   | {"a": 0.0}
        {"a": -0.0}                  | {"a": -0.0}                | same
        {"a": 1}                     | {"a": 0}                   | same
        {"a": 1e300}                 | {"a": 1}                   | same
        {"a": {"@double": "NaN"}}    | {"a": 1}                   | same
        {"a": 1}                     | {"a": {"@double": "NaN"}}  | {"a": {"@double": "NaN"}}
        {"a": 1e308}                 | {"a": 1e308}               | {"a": {"@double": "Infinity"}}
        {"a": {"@double": "Infinity"}} | {"a": {"@double": "-Infinity"}} | {"a": {"@double": "NaN"}}
        {"a": 9007199254740993}      | {"a": 1}                   | {"a": 9007199254740994}
        {"a": 9007199254740993}      | {"a": 0.0}                 | {"a": 9007199254740992.0}
        {"a": 9223372036854775806}   | {"a": 1}                   | {"a": 9223372036854775807}
        {"a": -9223372036854775807}  | {"a": -1}                  | {"a": -9223372036854775808}
        {"a": 9223372036854775807}   | {"a": 1}                   | overflow a
        {"a": -9223372036854775808}  | {"a": -1}                  | overflow a
        {"a": 9223372036854775807}   | {"a": 1.0}                 | {"a": 9223372036854775808.0}
        {"a": null}                  | {"a": 1}                   | type-mismatch a number null
        {"a": "1"}                   | {"a": 1}                   | type-mismatch a number string
        {"a": true}                  | {"a": 1}                   | type-mismatch a number boolean
        {"a": {"@timestamp": "2026-11-21T08:00:00Z"}} | {"a": 1}  | type-mismatch a number timestamp
        {"a": {"b": "1"}}            | {"a.b": 1}                 | type-mismatch a.b number string
        {"a": 1}                     | {"a.b": 1}                 | type-mismatch a map integer
        """)
    void increment(String before, String operand, String after) {
        check("increment", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 2}                   | {"a": 0}
        {}                           | {"a": 2.5}                 | {"a": 0.0}
        {}                           | {"a": {"@double": "NaN"}}  | {"a": 0.0}
        {}                           | {"a.b": 2}                 | {"a": {"b": 0}}
        {"a": 3}                     | {"a": -2}                  | {"a": -6}
        {"a": 3}                     | {"a": 0.5}                 | {"a": 1.5}
        {"a": 1.5}                   | {"a": 2}                   | {"a": 3.0}
        {"a": 3}                     | {"a": 1}                   | same
        {"a": 3}                     | {"a": 1.0}                 | {"a": 3.0}
        {"a": 0}                     | {"a": 7}                   | same
        {"a": 0.0}                   | {"a": -1}                  | {"a": -0.0}
        {"a": {"@double": "Infinity"}} | {"a": 0}                 | {"a": {"@double": "NaN"}}
        {"a": 1e200}                 | {"a": -1e200}              | {"a": {"@double": "-Infinity"}}
        {"a": 4611686018427387904}   | {"a": -2}                  | {"a": -9223372036854775808}
        {"a": 4611686018427387904}   | {"a": 2}                   | overflow a
        {"a": -9223372036854775808}  | {"a": -1}                  | overflow a
        {"a": null}                  | {"a": 2}                   | type-mismatch a number null
        {"a": [1]}                   | {"a": 2}                   | type-mismatch a number array
        {"a": {"b": {}}}             | {"a.b": 2}                 | type-mismatch a.b number map
        {"a": "text"}                | {"a.b": 2}                 | type-mismatch a map string
        """)
    void multiply(String before, String operand, String after) {
        check("multiply", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 2}                   | {"a": 2}
        {}                           | {"a.b": null}              | {"a": {"b": null}}
        {"a": 3}                     | {"a": 2}                   | {"a": 2}
        {"a": 3}                     | {"a": 2.5}                 | {"a": 2.5}
        {"a": {"b": 3}}              | {"a.b": 2}                 | {"a": {"b": 2}}
        {"a": 2}                     | {"a": 3}                   | same
        {"a": 2}                     | {"a": 2.0}                 | same
        {"a": 0.0}                   | {"a": -0.0}                | same
        {"a": -1e308}                | {"a": {"@double": "NaN"}}  | {"a": {"@double": "NaN"}}
        {"a": {"@double": "NaN"}}    | {"a": -5}                  | same
        {"a": 9007199254740993}      | {"a": 9007199254740992.0}  | {"a": 9007199254740992.0}
        {"a": -9223372036854775808}  | {"a": {"@double": "-Infinity"}} | {"a": {"@double": "-Infinity"}}
        {"a": "text"}                | {"a": 5}                   | {"a": 5}
        {"a": null}                  | {"a": 5}                   | same
        {"a": 5}                     | {"a": null}                | {"a": null}
        {"a": []}                    | {"a": "text"}              | {"a": "text"}
        {"a": 1}                     | {"a.b": 2}                 | type-mismatch a map integer
        """)
    void min(String before, String operand, String after) {
        check("min", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": 2}                   | {"a": 2}
        {"a": 2}                     | {"a": 3}                   | {"a": 3}
        {"a": 2}                     | {"a": 2.5}                 | {"a": 2.5}
        {"a": {"b": 2}}              | {"a.b": 3, "a.c": 1}       | {"a": {"b": 3, "c": 1}}
        {"a": 3}                     | {"a": 2}                   | same
        {"a": 2.0}                   | {"a": 2}                   | same
        {"a": -0.0}                  | {"a": 0}                   | same
        {"a": {"@double": "NaN"}}    | {"a": -5}                  | {"a": -5}
        {"a": 5}                     | {"a": {"@double": "NaN"}}  | same
        {"a": 9007199254740992.0}    | {"a": 9007199254740993}    | {"a": 9007199254740993}
        {"a": 5}                     | {"a": "text"}              | {"a": "text"}
        {"a": null}                  | {"a": false}               | {"a": false}
        {"a": {}}                    | {"a": [9]}                 | same
        {"a": null}                  | {"a.b": 2}                 | type-mismatch a map null
        """)
    void max(String before, String operand, String after) {
        check("max", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}            | ["a"]        | {"a": {"@timestamp": "2026-11-21T08:00:00.000001Z"}}
        {"a": null}   | ["a"]        | {"a": {"@timestamp": "2026-11-21T08:00:00.000001Z"}}
        {"a": [1]}    | ["a"]        | {"a": {"@timestamp": "2026-11-21T08:00:00.000001Z"}}
        {}            | ["a.b"]      | {"a": {"b": {"@timestamp": "2026-11-21T08:00:00.000001Z"}}}
        {"a": {"@timestamp": "2026-11-21T08:00:00.000001Z"}} | ["a"] | same
        {"a": 1}      | ["a.b"]      | type-mismatch a map integer
        """)
    void serverTimestamp(String before, String operand, String after) {
        check("serverTimestamp", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": [1, 1]}              | {"a": [1, 1]}
        {}                           | {"a": []}                  | {"a": []}
        {}                           | {"a.b": [1]}               | {"a": {"b": [1]}}
        {"a": [1]}                   | {"a": [2, [3], null]}      | {"a": [1, 2, [3], null]}
        {"a": {"b": [1]}}            | {"a.b": [2]}               | {"a": {"b": [1, 2]}}
        {"a": [1]}                   | {"a": []}                  | same
        {"a": null}                  | {"a": [1]}                 | type-mismatch a array null
        {"a": {"@vector": [1.0]}}    | {"a": [1]}                 | type-mismatch a array vector
        {"a": "text"}                | {"a": []}                  | type-mismatch a array string
        {"a": 1}                     | {"a.b": [1]}               | type-mismatch a map integer
        """)
    void append(String before, String operand, String after) {
        check("append", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 2]}      | {"values": [8, 9], "at": 0}                  | {"a": [8, 9, 1, 2]}
        {"a": [1, 2]}      | {"values": [9], "at": 1}                     | {"a": [1, 9, 2]}
        {"a": [1, 2]}      | {"values": [9], "at": 2}                     | {"a": [1, 2, 9]}
        {"a": [1, 2]}      | {"values": [9], "at": 7}                     | {"a": [1, 2, 9]}
        {"a": [1, 2]}      | {"values": [9], "at": -1}                    | {"a": [1, 9, 2]}
        {"a": [1, 2]}      | {"values": [9], "at": -2}                    | {"a": [9, 1, 2]}
        {"a": [1, 2]}      | {"values": [9], "at": -2147483648}           | {"a": [9, 1, 2]}
        {}                 | {"values": [9], "at": 3}                     | {"a": [9]}
        {"a": [3, 1]}      | {"values": [2], "sort": 1}                   | {"a": [1, 2, 3]}
        {"a": [3, 1]}      | {"values": [2], "sort": -1}                  | {"a": [3, 2, 1]}
        {"a": [1, 1.0]}    | {"values": [0], "sort": 1}                   | {"a": [0, 1, 1.0]}
        {"a": [1, 1.0]}    | {"values": [0], "sort": -1}                  | {"a": [1, 1.0, 0]}
        {"a": ["x", 5]}    | {"values": [null, {"@double": "NaN"}], "sort": 1} | {"a": [null, {"@double": "NaN"}, 5, "x"]}
        {"a": [2, 1]}      | {"values": [], "sort": 1}                    | {"a": [1, 2]}
        {"a": [1, 2]}      | {"values": [], "sort": 1}                    | same
        {"a": [1, 2, 3]}   | {"values": [4], "keep": 2}                   | {"a": [1, 2]}
        {"a": [1, 2, 3]}   | {"values": [4], "keep": -2}                  | {"a": [3, 4]}
        {"a": [1, 2, 3]}   | {"values": [4], "keep": 0}                   | {"a": []}
        {"a": [1]}         | {"values": [4], "keep": 9}                   | {"a": [1, 4]}
        {"a": [1]}         | {"values": [4], "keep": -9}                  | {"a": [1, 4]}
        {"a": [1]}         | {"values": [4], "keep": -2147483648}         | {"a": [1, 4]}
        {"a": [1, 2]}      | {"values": [3], "keep": 2}                   | same
        {"a": [5, 1]}      | {"values": [3, 4], "at": 0, "sort": -1, "keep": 3} | {"a": [5, 4, 3]}
        {"a": [{"p": 2}, {"p": 1}, {}, {"p": null}]} | {"values": [7], "sort": ["p"]} | {"a": [{}, 7, {"p": null}, {"p": 1}, {"p": 2}]}
        {"a": [{"p": 1, "n": "b"}, {"p": 2, "n": "c"}]} | {"values": [{"p": 2, "n": "a"}], "sort": ["-p", "n"]} | {"a": [{"p": 2, "n": "a"}, {"p": 2, "n": "c"}, {"p": 1, "n": "b"}]}
        {"a": [{"p": {"q": 2}}]} | {"values": [{"p": {"q": 1}}, {"p": 3}], "sort": ["p.q"]} | {"a": [{"p": 3}, {"p": {"q": 1}}, {"p": {"q": 2}}]}
        {"a": null}        | {"values": [], "keep": 0}                    | type-mismatch a array null
        """)
    void appendInsertsThenSortsThenCuts(String before, String operand, String after) {
        check("append", before, "{\"a\": " + operand + "}", after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": [1, 2]}              | {"a": [1, 2]}
        {"a": [3]}                   | {"a": [1, 2]}              | {"a": [1, 2, 3]}
        {"a": {"b": []}}             | {"a.b": [1]}               | {"a": {"b": [1]}}
        {"a": [3]}                   | {"a": []}                  | same
        {"a": null}                  | {"a": [1]}                 | type-mismatch a array null
        {"a": {}}                    | {"a": [1]}                 | type-mismatch a array map
        {"a": []}                    | {"a.b": [1]}               | type-mismatch a map array
        """)
    void prepend(String before, String operand, String after) {
        check("prepend", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {}                           | {"a": [1, 2, 1.0]}         | {"a": [1, 2]}
        {}                           | {"a": []}                  | {"a": []}
        {"a": [1, 2]}                | {"a": [3, 2, 3]}           | {"a": [1, 2, 3]}
        {"a": [2, 2]}                | {"a": [1]}                 | {"a": [2, 2, 1]}
        {"a": [1]}                   | {"a": [1.0]}               | same
        {"a": [0.0]}                 | {"a": [-0.0]}              | same
        {"a": [{"@double": "NaN"}]}  | {"a": [{"@double": "NaN"}]} | same
        {"a": [{"x": 1}, [1]]}       | {"a": [{"x": 1.0}, [1.0]]} | same
        {"a": ["1"]}                 | {"a": [1, null]}           | {"a": ["1", 1, null]}
        {"a": []}                    | {"a": [3, 1, 2, 1]}        | {"a": [3, 1, 2]}
        {"a": {"b": [1]}}            | {"a.b": [2]}               | {"a": {"b": [1, 2]}}
        {"a": null}                  | {"a": [1]}                 | type-mismatch a array null
        {"a": "text"}                | {"a": []}                  | type-mismatch a array string
        {"a": 1}                     | {"a.b": [1]}               | type-mismatch a map integer
        """)
    void appendUnique(String before, String operand, String after) {
        check("appendUnique", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 2, 1.0, 3]}        | {"a": [1, 3]}              | {"a": [2]}
        {"a": [{"@double": "NaN"}]}  | {"a": [{"@double": "NaN"}]} | {"a": []}
        {"a": [-0.0, 0, "0"]}        | {"a": [0.0]}               | {"a": ["0"]}
        {"a": [{"x": 1}, {"x": 1, "y": 2}]} | {"a": [{"x": 1}]}   | {"a": [{"x": 1, "y": 2}]}
        {"a": [null, 1]}             | {"a": [null]}              | {"a": [1]}
        {"a": {"b": [1]}}            | {"a.b": [1]}               | {"a": {"b": []}}
        {"a": [1]}                   | {"a": [2]}                 | same
        {"a": [1]}                   | {"a": []}                  | same
        {"a": []}                    | {"a": [1]}                 | same
        {}                           | {"a": [1]}                 | same
        {"a": 1}                     | {"a.b": [1]}               | same
        {"a": null}                  | {"a.b.c": [1]}             | same
        {"a": null}                  | {"a": [1]}                 | type-mismatch a array null
        {"a": {"b": 1}}              | {"a.b": [1]}               | type-mismatch a.b array integer
        """)
    void remove(String before, String operand, String after) {
        check("remove", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 5, 9, "x"]}        | {"a": {"gte": 5}}          | {"a": [1, "x"]}
        {"a": [1, 5, 9]}             | {"a": {"gt": 1, "lt": 9}}  | {"a": [1, 9]}
        {"a": [{"p": 1}, {"p": 2}, 1]} | {"a": {"p": 1}}          | {"a": [{"p": 2}, 1]}
        {"a": [{"p": 1}, {}, 1]}     | {"a": {"p": {"ne": 1}}}    | {"a": [{"p": 1}, 1]}
        {"a": [{"gte": 1}, 7]}       | {"a": {"`gte`": 1}}        | {"a": [7]}
        {"a": [1, null]}             | {"a": {}}                  | {"a": []}
        {"a": [1]}                   | {"a": {"gt": 1}}           | same
        {"a": []}                    | {"a": {}}                  | same
        {}                           | {"a": {}}                  | same
        {"a": 1}                     | {"a.b": {}}                | same
        {"a": null}                  | {"a": {}}                  | type-mismatch a array null
        {"a": {"b": 1}}              | {"a": {"b": 1}}            | type-mismatch a array map
        """)
    void removeWhere(String before, String operand, String after) {
        check("removeWhere", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 2, 3]}             | ["a"]                      | {"a": [1, 2]}
        {"a": [1]}                   | ["a"]                      | {"a": []}
        {"a": {"b": [1, 2]}}         | ["a.b"]                    | {"a": {"b": [1]}}
        {"a": []}                    | ["a"]                      | same
        {}                           | ["a", "b.c"]               | same
        {"a": 1}                     | ["a.b"]                    | same
        {"a": null}                  | ["a"]                      | type-mismatch a array null
        {"a": "text"}                | ["a"]                      | type-mismatch a array string
        """)
    void pop(String before, String operand, String after) {
        check("pop", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": [1, 2, 3]}             | ["a"]                      | {"a": [2, 3]}
        {"a": [1]}                   | ["a"]                      | {"a": []}
        {"a": {"b": [1, 2]}}         | ["a.b"]                    | {"a": {"b": [2]}}
        {"a": []}                    | ["a"]                      | same
        {}                           | ["a", "b.c"]               | same
        {"a": null}                  | ["a.b"]                    | same
        {"a": null}                  | ["a"]                      | type-mismatch a array null
        {"a": {"@bytes": "AA=="}}    | ["a"]                      | type-mismatch a array bytes
        """)
    void shift(String before, String operand, String after) {
        check("shift", before, operand, after);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"price": 2.5, "n": 4}       | {"total": "doc.price * doc.n"}   | {"price": 2.5, "n": 4, "total": 10.0}
        {"n": 4, "total": 1}         | {"total": "doc.total + doc.n"}   | {"n": 4, "total": 5}
        {}                           | {"at": "now"}                    | {"at": {"@timestamp": "2026-11-21T08:00:00.000001Z"}}
        {}                           | {"a.b": "id"}                    | {"a": {"b": "p42"}}
        {"n": 4}                     | {"n": "doc.n"}                   | same
        {}                           | {"n": "doc.n"}                   | compute-failed n
        {"n": 9223372036854775807}   | {"n": "doc.n + 1"}               | overflow n
        {"a": 1}                     | {"a.b": "1"}                     | type-mismatch a map integer
        """)
    void compute(String before, String operand, String after) {
        check("compute", before, operand, after);
    }

    @Test
    void computesOverTheDocumentBeforeTheStep() {
        check(Json.step("""
                {"increment": {"n": 1}, "compute": {"copy": "doc.n"}}"""), Json.map("{\"n\": 1}"), new Occasion(TIME, false, "p42"), """
                {"n": 2, "copy": 1}""");
    }

    @Test
    void namesAllFieldsAtFault() {
        var step = Json.step("""
                {"increment": {"a": 1, "b": 1, "ok": 1}, "append": {"c.d": [1]}}""");

        check(step, Json.map("""
                {"a": "text", "b": 9223372036854775807, "c": 1, "ok": 1}"""), new Occasion(TIME, false, "p42"), """
                type-mismatch a number string, overflow b, type-mismatch c map integer""");
    }

    @Test
    void namesTheOperatorAtFault() {
        var patched = apply("""
                {"appendUnique": {"a": [1]}}""", "{\"a\": 1}");

        assertThat(patched)
                .isInstanceOfSatisfying(
                        Patched.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::operator)
                                .containsExactly("appendUnique"));
    }

    @Test
    void keepsWhatItDoesNotTouch() {
        MapValue before = Json.map("""
                {"a": {"x": 1}, "b": {"y": {"z": 1}, "w": {}}}""");

        var patched = Operators.apply(
                Json.step("{\"set\": {\"b.y.z\": 2}}"), before, new Occasion(TIME, false, "p42"), Dialect.NATIVE);

        MapValue after = ((Patched.Data) patched).data();
        assertThat(after.get("a")).isSameAs(before.get("a"));
        assertThat(((MapValue) after.get("b")).get("w")).isSameAs(((MapValue) before.get("b")).get("w"));
    }

    @Test
    void gathersOperatorsOnSiblingsOfOneNewParent() {
        check(Json.step("""
                {"set": {"a.b": 1}, "increment": {"a.c.d": 2}, "append": {"a.c.e": [3]}, "unset": ["a.f"]}"""), MapValue.EMPTY, new Occasion(TIME, false, "p42"), """
                {"a": {"b": 1, "c": {"d": 2, "e": [3]}}}""");
    }

    private static void check(String operator, String before, String operand, String expected) {
        var step = Json.step("{\"" + operator + "\": " + operand + "}");
        check(step, Json.map(before), new Occasion(TIME, false, "p42"), expected);
    }

    private static void check(Step step, MapValue before, Occasion occasion, String expected) {
        switch (Operators.apply(step, before, occasion, Dialect.NATIVE)) {
            case Patched.Data(var data)
            when expected.equals("same") -> assertThat(data).isSameAs(before);
            case Patched.Data(var data) -> assertThat(data).isEqualTo(Json.map(expected));
            case Patched.Refused(var problems) ->
                assertThat(problems.stream().map(OperatorsTest::text).collect(Collectors.joining(", ")))
                        .isEqualTo(expected.strip());
        }
    }

    private static Patched apply(String step, String before) {
        return Operators.apply(Json.step(step), Json.map(before), new Occasion(TIME, false, "p42"), Dialect.NATIVE);
    }

    private static String text(Problem problem) {
        String types = problem.expected() == null || problem.actual() == null
                ? ""
                : " " + problem.expected().wireName() + " " + problem.actual().wireName();
        return problem.type().slug() + " " + problem.path() + types;
    }
}
