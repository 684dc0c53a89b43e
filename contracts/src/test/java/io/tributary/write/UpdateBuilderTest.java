package io.tributary.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.WriteJson;
import io.tributary.name.DocumentName;
import io.tributary.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class UpdateBuilderTest {

    @Test
    void callsEachOperatorByItsName() {
        assertWritten(
                """
                {"set":{"a":1},"unset":["b","c"],"merge":{"d":{"x":null}},"mergeDeep":{"e":{"x":{"y":1}}},\
                "rename":{"f":"g"},"setOnCreate":{"h":true},"increment":{"i":-1,"j":1.5},"multiply":{"k":2},\
                "min":{"l":1},"max":{"m":2},"compute":{"total":"doc.a + 1"},"serverTimestamp":["n"],"append":{"o":["x","y"]},"prepend":{"p":[1]},\
                "appendUnique":{"q":[1]},"remove":{"r":[1]},"removeWhere":{"s":{"t":1}},"pop":["u"],"shift":["v"]}""",
                u -> u.set("a", 1)
                        .unset("b", "c")
                        .merge("d", Collections.singletonMap("x", null))
                        .mergeDeep("e", Map.of("x", Map.of("y", 1)))
                        .rename("f", "g")
                        .setOnCreate("h", true)
                        .increment("i", -1)
                        .increment("j", 1.5)
                        .multiply("k", 2)
                        .min("l", 1)
                        .max("m", 2)
                        .compute("total", "doc.a + 1")
                        .serverTimestamp("n")
                        .append("o", "x", "y")
                        .prepend("p", 1)
                        .appendUnique("q", 1)
                        .remove("r", 1)
                        .removeWhere("s", Where.field("t").eq(1))
                        .pop("u")
                        .shift("v"));
    }

    @Test
    void takesJavasOwnObjectsForValues() {
        assertWritten(
                """
                {"set":{"a":{"@timestamp":"2026-11-21T08:00:00.000000Z"},"b":{"@bytes":"AQ=="},\
                "c":{"@reference":"products/p42"},"d":[1,null,"x"],"e":null}}""",
                u -> u.set("a", Instant.parse("2026-11-21T08:00:00Z"))
                        .set("b", new byte[] {1})
                        .set("c", DocumentName.of("products/p42"))
                        .set("d", Arrays.asList(1L, null, "x"))
                        .set("e", null));
    }

    @Test
    void refusesWhatIsNoValue() {
        assertThatThrownBy(() -> new UpdateBuilder().set("a", new Object()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no value of a document is made of a java.lang.Object");
    }

    @Test
    void makesSteps() {
        assertWritten(
                "{\"steps\":[{\"increment\":{\"n\":1}},{\"rename\":{\"n\":\"m\"}}],\"upsert\":true}",
                u -> u.increment("n", 1).then().rename("n", "m").upsert());
    }

    @Test
    void makesAnUpdateOfNothing() {
        assertWritten("{\"set\":{}}", u -> u);
    }

    @Test
    void callsEachTestByItsName() {
        assertThat(List.of(
                        Where.field("a").eq(1),
                        Where.field("a").ne(1),
                        Where.field("a").gt(1),
                        Where.field("a").gte(1),
                        Where.field("a").lt(1),
                        Where.field("a").lte(1),
                        Where.field("a").in(1, 2),
                        Where.field("a").notIn(1, 2),
                        Where.field("a").exists(false),
                        Where.field("a").contains(1),
                        Where.field("a").containsAny(1, 2),
                        Where.field("a").containsAll(1, 2),
                        Where.field("a").size(2),
                        Where.field("a").startsWith("x"),
                        Where.field("a").matches("x+"),
                        Where.field("a").mod(2, 1),
                        Where.field("a").type(ValueType.STRING),
                        Where.field("a").elemMatch(Where.element().gt(1)),
                        Where.or(
                                Where.field("@version").gt(1),
                                Where.not(Where.field("`b.c`").eq("x")))))
                .allSatisfy(filter -> {
                    String json = new String(FilterJson.write(filter), StandardCharsets.UTF_8);
                    Filter read = FilterJson.read(json, Limits.DEFAULT);
                    assertThat(FilterJson.write(read)).asString().isEqualTo(json);
                });
    }

    private static void assertWritten(String json, UnaryOperator<UpdateBuilder> operators) {
        Action.Update update = operators.apply(new UpdateBuilder()).build();
        Write write = Write.of(DocumentName.of("a/b"), update);
        assertThat(WriteJson.writePatch(update)).asString().isEqualTo(json);
        assertThat(WriteJson.readUpdate(write.document(), WriteJson.writeUpdate(write, update), Limits.DEFAULT))
                .isEqualTo(write);
    }
}
