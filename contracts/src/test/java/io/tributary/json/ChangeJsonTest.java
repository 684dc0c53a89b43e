package io.tributary.json;

import static io.tributary.json.Refusal.text;
import static io.tributary.json.Refusal.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.JsonPatchOperation;
import io.tributary.write.Operator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChangeJsonTest {

    private static final MapValue DATA = MapValue.of(Map.of("stock", new IntegerValue(4)));
    private static final Action.Update INCREMENT =
            Action.Update.of(new Operator.Increment(FieldPath.parse("stock"), new IntegerValue(-1)));

    @Test
    void readsBackWhatItWrote() {
        Change change = change(Change.Kind.UPDATE, DATA);

        assertThat(ChangeJson.read(ChangeJson.write(change))).isEqualTo(change);
    }

    @ParameterizedTest
    @MethodSource
    void readsBackWhetherTheUpdateWasToCreateTheDocument(Action.Patch upserting) {
        Change change = change(Change.Kind.CREATE, DATA, upserting);

        assertThat(ChangeJson.read(ChangeJson.write(change))).isEqualTo(change);
    }

    static Stream<Action.Patch> readsBackWhetherTheUpdateWasToCreateTheDocument() {
        return Stream.of(
                INCREMENT.withUpsert(true),
                new Action.MergePatch(DATA, true),
                new Action.JsonPatch(List.of(new JsonPatchOperation.Remove(List.of("stock"))), true));
    }

    @Test
    void saysThatDataWasFoldedAway() {
        assertThat(text(ChangeJson.write(change(Change.Kind.UPDATE, null)))).contains("\"folded\":true");
    }

    @Test
    void saysNothingOfFoldingAfterADelete() {
        assertThat(text(ChangeJson.write(change(Change.Kind.DELETE, null)))).doesNotContain("folded");
    }

    @Test
    void ignoresMembersItDoesNotKnow() {
        String json = text(ChangeJson.write(change(Change.Kind.UPDATE, DATA)));

        assertThat(ChangeJson.read(utf8(json.replaceFirst("\\{", "{\"new\":{\"x\":[1]},"))))
                .isEqualTo(change(Change.Kind.UPDATE, DATA));
    }

    @Test
    void leavesOutAnUpdateThatItDoesNotUnderstand() {
        String json = text(ChangeJson.write(change(Change.Kind.UPDATE, DATA)));

        assertThat(ChangeJson.read(utf8(json.replace("\"increment\"", "\"divide\"")))
                        .write())
                .isNull();
    }

    @Test
    void isEmptyForAKindToBeSkipped() {
        assertThat(ChangeJson.readKnown(utf8(ofUnknownKind()))).isEmpty();
    }

    @Test
    void refusesAKindThatItDoesNotKnowWhereOneIsNeeded() {
        assertThat(Refusal.of(() -> ChangeJson.read(utf8(ofUnknownKind()))).pointer())
                .isEqualTo("/kind");
    }

    @Test
    void refusesAnotherFormat() {
        String json = text(ChangeJson.write(change(Change.Kind.UPDATE, DATA))).replace("\"format\":1", "\"format\":2");

        assertThat(Refusal.of(() -> ChangeJson.readKnown(utf8(json))).type()).isEqualTo(ProblemType.BAD_VALUE);
    }

    private static String ofUnknownKind() {
        return text(ChangeJson.write(change(Change.Kind.UPDATE, DATA))).replace("\"update\"", "\"purge\"");
    }

    private static Change change(Change.Kind kind, @Nullable MapValue after) {
        return change(kind, after, INCREMENT);
    }

    private static Change change(Change.Kind kind, @Nullable MapValue after, Action.Patch write) {
        return new Change(
                DocumentName.of("tenant", "products/p42"),
                7,
                kind,
                Instant.parse("2026-11-21T08:00:00.000001Z"),
                1042,
                after,
                null,
                List.of("stock"),
                List.of("`my.old`"),
                write,
                new Change.Origin("id", new Change.Batch("b", 0, 3, Map.of(3, 1042L, 7, 88L)), "ann", false));
    }
}
