package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.write.SortKey;
import io.tributary.write.Subject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentOrderTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void putsMissingBeforeNullBeforeEverythingElse() {
        assertThat(ordered("p", document("a", "{\"p\": false}"), document("b", "{\"p\": null}"), document("c", "{}")))
                .containsExactly("c", "b", "a");
    }

    @Test
    void turnsEverythingRoundWhenDescending() {
        assertThat(ordered("-p", document("a", "{\"p\": 1}"), document("b", "{\"p\": 2.5}"), document("c", "{}")))
                .containsExactly("b", "a", "c");
    }

    @Test
    void goesOnToTheNextKeyWhereOneTies() {
        assertThat(ordered(
                        "p,-q.r",
                        document("a", "{\"p\": 1, \"q\": {\"r\": 1}}"),
                        document("b", "{\"p\": 1.0, \"q\": {\"r\": 2}}"),
                        document("c", "{\"p\": 0}")))
                .containsExactly("c", "b", "a");
    }

    @Test
    void breaksTiesById() {
        assertThat(ordered(
                        "-p",
                        document("b", "{\"p\": 1}"),
                        document("__id2__", "{\"p\": 1.0}"),
                        document("a", "{\"p\": 1}")))
                .containsExactly("__id2__", "a", "b");
    }

    @Test
    void ordersNumericIdsFirstAndByNumber() {
        var documents = Stream.of("a", "__id10__", "__id9__", "__id-1__", "Z")
                .map(id -> document(id, "{}"))
                .toArray(DocumentState[]::new);

        assertThat(ordered("@id", documents)).containsExactly("__id-1__", "__id9__", "__id10__", "Z", "a");
        assertThat(ordered("-@document", documents)).containsExactly("a", "Z", "__id10__", "__id9__", "__id-1__");
    }

    @Test
    void ordersBySystemFields() {
        var old = new DocumentState(DocumentName.of("c/old"), 9, Json.map("{}"), lifetime(TIME));
        var young = new DocumentState(DocumentName.of("c/young"), 2, Json.map("{}"), lifetime(TIME.plusSeconds(1)));

        assertThat(ordered("@version", old, young)).containsExactly("young", "old");
        assertThat(ordered("-@createdAt", old, young)).containsExactly("young", "old");
    }

    @Test
    void withoutKeysOrdersById() {
        assertThat(ordered("", document("b", "{}"), document("a", "{}"))).containsExactly("a", "b");
    }

    private static List<String> ordered(String keys, DocumentState... documents) {
        var shuffled = Arrays.asList(documents.clone());
        Collections.shuffle(shuffled, new Random(4_711));
        return shuffled.stream()
                .sorted(Documents.orderedBy(keys(keys)))
                .map(document -> document.name().id())
                .toList();
    }

    private static List<SortKey> keys(String keys) {
        return Stream.of(keys.split(","))
                .filter(key -> !key.isEmpty())
                .map(DocumentOrderTest::key)
                .toList();
    }

    private static SortKey key(String key) {
        boolean descending = key.startsWith("-");
        String name = descending ? key.substring(1) : key;
        Subject subject = name.startsWith("@")
                ? Subject.SystemField.named(name).orElseThrow()
                : new Subject.Field(FieldPath.parse(name));
        return new SortKey(subject, descending);
    }

    private static DocumentState document(String id, String data) {
        return new DocumentState(DocumentName.of("c/" + id), 1, Json.map(data), lifetime(TIME));
    }

    private static DocumentState.Lifetime lifetime(Instant createdAt) {
        return new DocumentState.Lifetime(TIME, createdAt, TIME, null, null);
    }
}
