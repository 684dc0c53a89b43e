package io.tributary.json;

import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.write.Action;
import io.tributary.write.Write;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FingerprintTest {

    @Test
    void hasSixteenBytes() {
        assertThat(WriteJson.fingerprint(Write.of(DocumentName.of("a/b"), new Action.Delete())))
                .hasSize(16);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"id":"x","delete":true}                 | {"id":"y","delete":true}
                    {"set":{"a":1},"unset":["b"]}            | {"unset":["b"],"set":{"a":1}}
                    {"set":{"a":1,"b":2}}                    | {"set":{"b":2,"a":1}}
                    {"set":{"a":{"x":1,"y":2}}}              | {"set":{"a":{"y":2,"x":1}}}
                    {"create":{"a":1,"b":{"c":1,"d":2}}}     | {"create":{"b":{"d":2,"c":1},"a":1}}
                    {"set":{"a":1}}                          | {"steps":[{"set":{"a":1}}]}
                    {"set":{"a":1e5}}                        | {"set":{"a":{"@double":"100000"}}}
                    {"set":{"`a`":1}}                        | {"set":{"a":1}}
                    {"delete":true,"if":{"where":{"a":1,"b":{"gt":1,"lt":3}}}} | {"if":{"where":{"b":{"lt":3,"gt":1},"a":1}},"delete":true}
                    {"delete":true,"if":{"where":{"a":{"ne":1}}}} | {"delete":true,"if":{"where":{"not":{"a":1}}}}
                    {"set":{"a":1},"upsert":false,"return":"changes"} | {"set":{"a":1}}
                    """)
    void isOneForOneWrite(String one, String other) {
        assertThat(fingerprint(one)).isEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"set":{"a":1}}                    | {"set":{"a":1.0}}
                    {"set":{"a":0.0}}                  | {"set":{"a":-0.0}}
                    {"set":{"a":"1"}}                  | {"set":{"a":1}}
                    {"set":{"a":[1,2]}}                | {"set":{"a":[2,1]}}
                    {"set":{"a.b":1}}                  | {"set":{"`a.b`":1}}
                    {"set":{"a":1}}                    | {"setOnCreate":{"a":1}}
                    {"set":{"a":1}}                    | {"set":{"a":1},"upsert":true}
                    {"set":{"a":1}}                    | {"set":{"a":1},"if":{"exists":true}}
                    {"set":{"a":1}}                    | {"set":{"a":1},"fireTriggers":false}
                    {"create":{}}                      | {"replace":{}}
                    {"delete":true,"document":"a/b"}   | {"delete":true,"document":"a/c"}
                    {"delete":true,"document":"a/b"}   | {"delete":true,"document":"a/b","database":"x"}
                    {"steps":[{"increment":{"a":1}},{"multiply":{"a":2}}]} | {"steps":[{"multiply":{"a":2}},{"increment":{"a":1}}]}
                    {"delete":true,"if":{"where":{"or":[{"a":1},{"b":1}]}}} | {"delete":true,"if":{"where":{"a":1,"b":1}}}
                    """)
    void tellsWritesApart(String one, String other) {
        assertThat(fingerprint(one)).isNotEqualTo(fingerprint(other));
    }

    @ParameterizedTest
    @MethodSource("io.tributary.json.ValueRoundTripTest#seeds")
    void ignoresTheOrderOfMembersHoweverDeep(long seed) {
        var values = new RandomValues(seed);
        var data = values.map(4);
        var name = DocumentName.of("a/b");

        assertThat(WriteJson.fingerprint(Write.of(name, new Action.Create(values.shuffled(data)))))
                .isEqualTo(WriteJson.fingerprint(Write.of(name, new Action.Create(data))));
    }

    private static String fingerprint(String json) {
        return HexFormat.of()
                .formatHex(WriteJson.fingerprint(WriteJson.readRecord(utf8(json), "key/document", Limits.DEFAULT)));
    }
}
