package io.tributary.service.document.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.document.Json;
import io.tributary.value.MapValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPatchesTest {

    /** RFC 6902, appendix A, in its order (A.1 to A.8, A.10, A.11, A.14, A.16; A.13 is refused as malformed). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux"}] | {"baz":"qux","foo":"bar"}
        {"foo":["bar","baz"]} | [{"op":"add","path":"/foo/1","value":"qux"}] | {"foo":["bar","qux","baz"]}
        {"baz":"qux","foo":"bar"} | [{"op":"remove","path":"/baz"}] | {"foo":"bar"}
        {"foo":["bar","qux","baz"]} | [{"op":"remove","path":"/foo/1"}] | {"foo":["bar","baz"]}
        {"baz":"qux","foo":"bar"} | [{"op":"replace","path":"/baz","value":"boo"}] | {"baz":"boo","foo":"bar"}
        {"foo":{"bar":"baz","waldo":"fred"},"qux":{"corge":"grault"}} | [{"op":"move","from":"/foo/waldo","path":"/qux/thud"}] | {"foo":{"bar":"baz"},"qux":{"corge":"grault","thud":"fred"}}
        {"foo":["all","grass","cows","eat"]} | [{"op":"move","from":"/foo/1","path":"/foo/3"}] | {"foo":["all","cows","eat","grass"]}
        {"baz":"qux","foo":["a",2,"c"]} | [{"op":"test","path":"/baz","value":"qux"},{"op":"test","path":"/foo/1","value":2}] | {"baz":"qux","foo":["a",2,"c"]}
        {"foo":"bar"} | [{"op":"add","path":"/child","value":{"grandchild":{}}}] | {"foo":"bar","child":{"grandchild":{}}}
        {"foo":"bar"} | [{"op":"add","path":"/baz","value":"qux","xyz":123}] | {"foo":"bar","baz":"qux"}
        {"/":9,"~1":10} | [{"op":"test","path":"/~01","value":10}] | {"/":9,"~1":10}
        {"foo":["bar"]} | [{"op":"add","path":"/foo/-","value":["abc","def"]}] | {"foo":["bar",["abc","def"]]}
        """)
    void patchesAsTheRfcShows(String before, String patch, String after) {
        assertThat(apply(before, patch)).isEqualTo(new Patched.Data(Json.map(after)));
    }

    /** RFC 6902, appendix A.9, A.12 and A.15. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"baz":"qux"} | [{"op":"test","path":"/baz","value":"bar"}] | operation 0 (test "/baz"): another value is there
        {"foo":"bar"} | [{"op":"add","path":"/baz/bat","value":"qux"}] | operation 0 (add "/baz/bat"): there is no member "baz"
        {"/":9,"~1":10} | [{"op":"test","path":"/~01","value":"10"}] | operation 0 (test "/~01"): another value is there
        """)
    void failsAsTheRfcShows(String before, String patch, String detail) {
        checkFails(before, patch, detail);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        # members
        {"a":1} | [] | {"a":1}
        {"a":1} | [{"op":"add","path":"/a","value":2}] | {"a":2}
        {} | [{"op":"add","path":"/","value":1}] | {"":1}
        {"":{"":1}} | [{"op":"replace","path":"//","value":2}] | {"":{"":2}}
        {} | [{"op":"add","path":"/-","value":1}] | {"-":1}
        {} | [{"op":"add","path":"/01","value":1}] | {"01":1}
        {"a":null} | [{"op":"replace","path":"/a","value":1}] | {"a":1}
        {"a":null} | [{"op":"test","path":"/a","value":null},{"op":"remove","path":"/a"}] | {}
        {"a/b":1,"m~n":2} | [{"op":"remove","path":"/a~1b"},{"op":"replace","path":"/m~0n","value":3}] | {"m~n":3}
        {} | [{"op":"add","path":"/a~1b","value":1}] | {"a/b":1}
        # arrays
        {"a":[]} | [{"op":"add","path":"/a/0","value":1},{"op":"add","path":"/a/0","value":0}] | {"a":[0,1]}
        {"a":[1,2]} | [{"op":"add","path":"/a/2","value":3}] | {"a":[1,2,3]}
        {"a":[1,2]} | [{"op":"replace","path":"/a/1","value":[]}] | {"a":[1,[]]}
        {"a":[[1],{"b":2}]} | [{"op":"add","path":"/a/0/-","value":3},{"op":"remove","path":"/a/1/b"}] | {"a":[[1,3],{}]}
        # the whole
        {"a":1} | [{"op":"replace","path":"","value":{"b":2}}] | {"b":2}
        {"a":1} | [{"op":"add","path":"","value":{"b":2}}] | {"b":2}
        {"a":1} | [{"op":"replace","path":"","value":[1]},{"op":"replace","path":"","value":{"b":2}}] | {"b":2}
        {"a":1} | [{"op":"test","path":"","value":{"a":1}}] | {"a":1}
        {"a":1} | [{"op":"copy","from":"","path":"/b"}] | {"a":1,"b":{"a":1}}
        {"a":{"b":1}} | [{"op":"move","from":"/a","path":""}] | {"b":1}
        # move and copy
        {"a":1} | [{"op":"move","from":"/a","path":"/a"}] | {"a":1}
        {"a":1} | [{"op":"copy","from":"/a","path":"/a"}] | {"a":1}
        {"a":1,"b":2} | [{"op":"move","from":"/a","path":"/b"}] | {"b":1}
        {"a":[1,2,3]} | [{"op":"move","from":"/a/0","path":"/a/-"}] | {"a":[2,3,1]}
        {"a":[1,2,3]} | [{"op":"copy","from":"/a/2","path":"/a/0"}] | {"a":[3,1,2,3]}
        {"a":{"b":{"c":1}}} | [{"op":"move","from":"/a/b","path":"/a"}] | {"a":{"c":1}}
        {"ab":1,"a":{}} | [{"op":"move","from":"/ab","path":"/a/b"}] | {"a":{"b":1}}
        # tests
        {"a":1} | [{"op":"test","path":"/a","value":1.0}] | {"a":1}
        {"a":{"x":1,"y":[2]}} | [{"op":"test","path":"/a","value":{"y":[2.0],"x":1}}] | {"a":{"x":1,"y":[2]}}
        {"a":{"@timestamp":"2026-11-21T08:00:00Z"}} | [{"op":"test","path":"/a","value":{"@timestamp":"2026-11-21T09:00:00+01:00"}}] | {"a":{"@timestamp":"2026-11-21T08:00:00Z"}}
        """)
    void patches(String before, String patch, String after) {
        assertThat(apply(before, patch)).isEqualTo(new Patched.Data(Json.map(after)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"a":1} | [{"op":"remove","path":"/b"}] | operation 0 (remove "/b"): there is no member "b"
        {"a":1} | [{"op":"replace","path":"/b","value":1}] | operation 0 (replace "/b"): there is no member "b"
        {"a":1} | [{"op":"test","path":"/b","value":null}] | operation 0 (test "/b"): there is no member "b"
        {"a":1} | [{"op":"copy","from":"/b","path":"/c"}] | operation 0 (copy "/c"): there is no member "b"
        {"a":1} | [{"op":"move","from":"/b","path":"/b"}] | operation 0 (move "/b"): there is no member "b"
        {"a":1} | [{"op":"remove","path":""}] | operation 0 (remove ""): the whole document cannot be removed
        {"a":{"b":1}} | [{"op":"move","from":"/a","path":"/a/b"}] | operation 0 (move "/a/b"): a value cannot be moved into itself
        {"a":1} | [{"op":"move","from":"","path":"/a"}] | operation 0 (move "/a"): a value cannot be moved into itself
        {"a":1} | [{"op":"add","path":"/a/b","value":1}] | operation 0 (add "/a/b"): the path leads into a value that is neither map nor array
        {"a":null} | [{"op":"add","path":"/a/b","value":1}] | operation 0 (add "/a/b"): the path leads into a value that is neither map nor array
        {"a":{"@vector":[1.0]}} | [{"op":"replace","path":"/a/0","value":1}] | operation 0 (replace "/a/0"): the path leads into a value that is neither map nor array
        {"a":{"@geopoint":{"latitude":1,"longitude":2}}} | [{"op":"remove","path":"/a/latitude"}] | operation 0 (remove "/a/latitude"): the path leads into a value that is neither map nor array
        {"a":[1]} | [{"op":"add","path":"/a/2","value":1}] | operation 0 (add "/a/2"): the array has no element 2
        {"a":[1]} | [{"op":"remove","path":"/a/1"}] | operation 0 (remove "/a/1"): the array has no element 1
        {"a":[1]} | [{"op":"replace","path":"/a/-","value":1}] | operation 0 (replace "/a/-"): "-" is no index of an element
        {"a":[1]} | [{"op":"test","path":"/a/-","value":1}] | operation 0 (test "/a/-"): "-" is no index of an element
        {"a":[1,2]} | [{"op":"test","path":"/a/01","value":2}] | operation 0 (test "/a/01"): "01" is no index of an element
        {"a":[1,2]} | [{"op":"add","path":"/a/00","value":2}] | operation 0 (add "/a/00"): "00" is no index of an element
        {"a":[1,2]} | [{"op":"remove","path":"/a/-1"}] | operation 0 (remove "/a/-1"): "-1" is no index of an element
        {"a":[1,2]} | [{"op":"remove","path":"/a/1e0"}] | operation 0 (remove "/a/1e0"): "1e0" is no index of an element
        {"a":[1,2]} | [{"op":"remove","path":"/a/"}] | operation 0 (remove "/a/"): "" is no index of an element
        {"a":[1,2]} | [{"op":"remove","path":"/a/4294967296"}] | operation 0 (remove "/a/4294967296"): "4294967296" is no index of an element
        {"a":[1,2]} | [{"op":"move","from":"/a/0","path":"/a/2"}] | operation 0 (move "/a/2"): the array has no element 2
        {"a":"1"} | [{"op":"test","path":"/a","value":1}] | operation 0 (test "/a"): another value is there
        {"a":[1,2]} | [{"op":"test","path":"/a","value":[2,1]}] | operation 0 (test "/a"): another value is there
        {"a":1} | [{"op":"remove","path":"/a"},{"op":"add","path":"/a~1b","value":1},{"op":"remove","path":"/~0"}] | operation 2 (remove "/~0"): there is no member "~"
        {"a":1} | [{"op":"replace","path":"","value":[1]}] | the operations leave a document that is no map
        {"a":1} | [{"op":"replace","path":"","value":1},{"op":"add","path":"/b","value":1}] | operation 1 (add "/b"): the path leads into a value that is neither map nor array
        """)
    void fails(String before, String patch, String detail) {
        checkFails(before, patch, detail);
    }

    @Test
    void stopsCopiesThatMultiplyBeforeTheyGrowBeyondTheLimit() {
        List<String> copies = new ArrayList<>(List.of("""
                {"op": "add", "path": "/a", "value": [1]}"""));
        for (int i = 0; i < 900; i++) {
            copies.add("""
                    {"op": "copy", "from": "/a", "path": "/a/0"}""");
        }

        var patched = JsonPatches.apply(
                Json.jsonPatch(copies.toString()),
                MapValue.EMPTY,
                value -> value.toString().length() < 5_000);

        assertThat(patched)
                .isInstanceOfSatisfying(
                        Patched.Refused.class,
                        refused -> assertThat(refused.problems())
                                .extracting(Problem::type)
                                .containsExactly(ProblemType.DOCUMENT_TOO_LARGE));
    }

    private static void checkFails(String before, String patch, String detail) {
        assertThat(apply(before, patch)).isInstanceOfSatisfying(Patched.Refused.class, refused -> {
            assertThat(refused.problems()).extracting(Problem::type).containsExactly(ProblemType.PATCH_FAILED);
            assertThat(refused.problems().getFirst().detail()).isEqualTo(detail);
        });
    }

    private static Patched apply(String before, String patch) {
        return JsonPatches.apply(Json.jsonPatch(patch), Json.map(before), _ -> true);
    }
}
