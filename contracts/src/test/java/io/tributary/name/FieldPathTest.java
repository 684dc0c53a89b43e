package io.tributary.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {

    @Test
    void dotsSeparateKeys() {
        assertThat(FieldPath.parse("address.city")).isEqualTo(FieldPath.ofKeys("address", "city"));
    }

    @Test
    void backticksTakeAnyName() {
        assertThat(FieldPath.parse("`my.field`.x.`a\\`b\\\\c`.``"))
                .isEqualTo(FieldPath.ofKeys("my.field", "x", "a`b\\c", ""));
    }

    @ParameterizedTest
    @CsvSource({"`a`, a", "`1a`, `1a`", "`a b`.`c`, `a b`.c", "`__x`, __x", "`é`, `é`"})
    void writesBackticksOnlyWhereNeeded(String path, String canonical) {
        assertThat(FieldPath.parse(path).toString()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "a.",
                ".a",
                "a..b",
                "1a",
                "a-b",
                "a b",
                "é",
                "`a",
                "a`",
                "`a`b",
                "`a\\b`",
                "`a`.",
                "__x__",
                "a.`__x__`",
                "`\0`"
            })
    void refusesWhatIsNoPath(String dotted) {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPath.parse(dotted));
    }

    @Test
    void refusesALoneSurrogate() {
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPath.parse("`\uD83D`"));
    }

    @Test
    void namesThePlaceOfTheFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FieldPath.parse("a.b-c"))
                .withMessageContaining("at character 4");
    }

    @Test
    void hasALimitInBytes() {
        assertThat(FieldPath.parse("a".repeat(1_500)).segments()).hasSize(1);
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPath.parse("a".repeat(1_501)));
        assertThatIllegalArgumentException().isThrownBy(() -> FieldPath.parse("`éé`", 5));
    }

    @Test
    void containsItselfAndWhatLiesBelow() {
        FieldPath path = FieldPath.parse("a.b");

        assertThat(path.contains(path)).isTrue();
        assertThat(path.contains(FieldPath.parse("a.b.c"))).isTrue();
        assertThat(path.contains(FieldPath.parse("a"))).isFalse();
        assertThat(path.contains(FieldPath.parse("a.bc"))).isFalse();
    }

    static LongStream seeds() {
        return new Random().longs(50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void readsBackWhateverKeysItIsMadeOf(long seed) {
        FieldPath path = FieldPath.ofKeys(keys(new Random(seed)));

        assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
    }

    private static String[] keys(Random random) {
        int[] alphabet = "ab1_.`\\ é🙂\n@-".codePoints().toArray();
        String[] keys = new String[1 + random.nextInt(4)];
        for (int i = 0; i < keys.length; i++) {
            StringBuilder key = new StringBuilder("x");
            random.ints(random.nextInt(6), 0, alphabet.length).forEach(index -> key.appendCodePoint(alphabet[index]));
            keys[i] = key.toString();
        }
        return keys;
    }
}
