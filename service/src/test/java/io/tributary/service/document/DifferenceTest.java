package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifferenceTest {

    /** The data before and after, the changes by path, and the paths that are gone. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a": 1}                      | {"a": 2}                      | {"a": 2}          | []
        {}                            | {"a": null}                   | {"a": null}       | []
        {"a": 1}                      | {"a": 1.0}                    | {"a": 1.0}        | []
        {"a": 0.0}                    | {"a": -0.0}                   | {"a": -0.0}       | []
        {"a": 1, "b": 2}              | {"b": 2}                      | {}                | ["a"]
        {"a": {"b": 1, "c": 2}}       | {"a": {"b": 3, "d": 4}}       | {"a.b": 3, "a.d": 4} | ["a.c"]
        {"a": {"b": {"c": 1}}}        | {"a": {"b": {}}}              | {}                | ["a.b.c"]
        {"a": {"b": 1}}               | {"a": 1}                      | {"a": 1}          | []
        {"a": 1}                      | {"a": {"b": 1}}               | {"a": {"b": 1}}   | []
        {}                            | {"a": {"b": 1}}               | {"a": {"b": 1}}   | []
        {}                            | {"a": {}}                     | {"a": {}}         | []
        {"a": {"b": 1}}               | {}                            | {}                | ["a"]
        {"a": [1, {"b": 1}]}          | {"a": [1, {"b": 2}]}          | {"a": [1, {"b": 2}]} | []
        {"a": {"@vector": [1.0]}}     | {"a": {"@vector": [2.0]}}     | {"a": {"@vector": [2.0]}} | []
        {"x.y": {"or": 1, "é": 1, "": 1}} | {"x.y": {"or": 2}}        | {"`x.y`.or": 2}   | ["`x.y`.`é`", "`x.y`.``"]
        {"a": {"b": [1]}, "c": 1}     | {"c": 1, "a": {"b": [1]}}     | {}                | []
        """)
    void namesTheInnermostFieldsThatDiffer(String before, String after, String changes, String removed) {
        Outcome.Effect effect = Difference.between(Json.map(before), Json.map(after));

        assertThat(MapValue.of(effect.changes())).isEqualTo(Json.map(changes));
        assertThat(effect.removed()).isEqualTo(strings(removed));
    }

    @Test
    void namesOutermostFieldsWherePathsWouldBeTooLong() {
        String name = "n".repeat(1_000);
        int fields = Difference.MAX_PATH_CHARS / 1_000 + 1;
        MapValue before = MapValue.EMPTY.with(name, numbers(fields, 1)).with("a", new IntegerValue(1));
        MapValue after = before.with(name, numbers(fields, 2)).without("a");

        Outcome.Effect effect = Difference.between(before, after);

        assertThat(effect.changes()).containsOnlyKeys(name);
        assertThat(effect.removed()).containsExactly("a");
    }

    @Test
    void namesTheOutermostFieldWhereTooMuchInsideItIsGone() {
        String name = "n".repeat(100_000);
        MapValue before = MapValue.EMPTY.with(name, numbers(50_000, 1));
        MapValue after = MapValue.EMPTY.with(name, MapValue.EMPTY);

        assertThat(Difference.between(before, after).changes()).containsOnlyKeys(name);
    }

    private static MapValue numbers(int fields, long value) {
        var map = MapValue.builder();
        for (int i = 0; i < fields; i++) {
            map.put("f" + i, new IntegerValue(value));
        }
        return map.build();
    }

    private static List<String> strings(String json) {
        return json.equals("[]")
                ? List.of()
                : List.of(json.substring(2, json.length() - 2).split("\", \""));
    }
}
