package io.tributary.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentNameTest {

    @Test
    void hasACollectionAndAnId() {
        assertThat(DocumentName.of("cities/SF/landmarks/bridge"))
                .isEqualTo(new DocumentName("default", "cities/SF/landmarks", "bridge"));
    }

    @ParameterizedTest
    @CsvSource({"a/b, default, a/b", "x/a/b, x, a/b", "a/b/c/d, default, a/b/c/d", "x/a/b/c/d, x, a/b/c/d"})
    void readsTheDatabaseOfAnOddKey(String key, String database, String path) {
        assertThat(DocumentName.ofKey(key)).isEqualTo(DocumentName.of(database, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "x/a/b", "a/b/c/d", "x/__id5__/b"})
    void writesTheKeyThatItReads(String key) {
        assertThat(DocumentName.ofKey(key).key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/é🙂", "a/with space", "a/...", "a/__", "a/____", "a/__id0__", "a/__id-5__", "a/%2F"})
    void takesOddButHarmlessSegments(String path) {
        assertThat(DocumentName.of(path).path()).isEqualTo(path);
    }

    static Stream<String> refusesABadName() {
        return Stream.of(
                "",
                "a",
                "a/b/c",
                "/a",
                "a/",
                "a//b/c",
                "a/.",
                "a/..",
                "../b",
                "a/__x__",
                "a/__id__",
                "a/__id05__",
                "a/__id-0__",
                "a/__id9223372036854775808__",
                "a/\0",
                "a/\uD83D",
                "a/" + "x".repeat(1_501),
                "a/" + "é".repeat(751),
                "x".repeat(1_001) + "/" + "x".repeat(999));
    }

    @ParameterizedTest
    @MethodSource
    void refusesABadName(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentName.of(path));
    }

    static Stream<String> refusesABadDatabase() {
        return Stream.of("", "-x", ".x", "a b", "a/b", "é", "x".repeat(64));
    }

    @ParameterizedTest
    @MethodSource
    void refusesABadDatabase(String database) {
        assertThatIllegalArgumentException().isThrownBy(() -> DocumentName.of(database, "a/b"));
    }

    @Test
    void takesANameOfExactly2000Bytes() {
        assertThat(DocumentName.of("x".repeat(1_000) + "/" + "x".repeat(999)).path())
                .hasSize(2_000);
    }

    @Test
    void aCollectionHasAnOddNumberOfSegments() {
        assertThatIllegalArgumentException().isThrownBy(() -> CollectionName.of("a/b"));
        assertThat(CollectionName.of("a/b/c").document("d")).isEqualTo(DocumentName.of("a/b/c/d"));
    }

    @Test
    void sortsByDatabaseThenSegmentsThenNumericIdsFirst() {
        List<DocumentName> sorted = Stream.concat(
                        Stream.of(DocumentName.of("a", "z/z")),
                        Stream.of(
                                        "a/__id-10__",
                                        "a/__id9__",
                                        "a/__id10__",
                                        "a/1",
                                        "a/B",
                                        "a/__id",
                                        "a/b",
                                        "a/b/c/d",
                                        "a/b-/c/d",
                                        "a/\uFFFF",
                                        "a/🙂",
                                        "a-/a",
                                        "b/a")
                                .map(DocumentName::of))
                .toList();
        List<DocumentName> shuffled = new ArrayList<>(sorted);
        Collections.shuffle(shuffled, new Random(42));
        Collections.sort(shuffled);

        assertThat(shuffled).isEqualTo(sorted);
    }
}
