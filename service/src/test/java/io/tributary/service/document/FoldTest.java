package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Operator;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FoldTest {

    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00Z");
    private static final DocumentName CHAIR = DocumentName.of("products/chair");
    private static final DocumentName TABLE = DocumentName.of("products/table");

    private final DocumentState storedChair = stored(CHAIR, "{\"stock\": 1}");
    private final Fold fold = new Fold(Map.of(CHAIR, storedChair), DocumentLimits.DEFAULT);

    @Test
    void letsAWriteSeeTheResultsOfThoseBefore() {
        fold.apply(sell(CHAIR), TIME, null);
        var second = (Result.Refused) fold.apply(sell(CHAIR), TIME, null);

        assertThat(second.after().data()).isEqualTo(Json.map("{\"stock\": 0}"));
    }

    @Test
    void givesEachWriteItsOwnVersion() {
        assertThat(fold.apply(set(CHAIR, "a"), TIME, null).after().version()).isEqualTo(2);
        assertThat(fold.apply(set(CHAIR, "b"), TIME, null).after().version()).isEqualTo(3);
    }

    @Test
    void leavesTheLastStateOfEachDocumentThatChanged() {
        fold.apply(set(CHAIR, "a"), TIME, null);
        fold.apply(Write.of(TABLE, new Action.Create(MapValue.EMPTY)), TIME, null);
        var last = fold.apply(set(CHAIR, "b"), TIME, null);

        assertThat(fold.changed())
                .containsExactly(new Fold.Folded(1, false, last.after()), new Fold.Folded(0, false, fold.state(TABLE)));
    }

    @Test
    void leavesNothingOfADocumentThatStayedAsItWas() {
        fold.apply(Write.of(CHAIR, new Action.Replace(Json.map("{\"stock\": 1}"))), TIME, null);
        fold.apply(Write.of(TABLE, new Action.Delete()), TIME, null);

        assertThat(fold.changed()).isEmpty();
    }

    @Test
    void storesADocumentThatWasChangedAndChangedBack() {
        fold.apply(Write.of(CHAIR, new Action.Replace(MapValue.EMPTY)), TIME, null);
        fold.apply(Write.of(CHAIR, new Action.Replace(Json.map("{\"stock\": 1}"))), TIME, null);

        assertThat(fold.changed())
                .extracting(folded -> folded.state().version())
                .containsExactly(3L);
    }

    @Test
    void goesOnFromATombstone() {
        var deleted = new DocumentState(TABLE, 7, null, storedChair.lifetime());
        var other = new Fold(Map.of(TABLE, deleted), DocumentLimits.DEFAULT);

        other.apply(Write.of(TABLE, new Action.Create(MapValue.EMPTY)), TIME, null);

        assertThat(other.changed()).containsExactly(new Fold.Folded(7, true, other.state(TABLE)));
        assertThat(other.state(TABLE).version()).isEqualTo(8);
    }

    @Test
    void takesADocumentThatWasNotLoadedForMissing() {
        assertThat(fold.state(TABLE)).isEqualTo(DocumentState.missing(TABLE));
    }

    private static DocumentState stored(DocumentName name, String data) {
        var write = Write.of(name, new Action.Create(Json.map(data)));
        return Documents.apply(DocumentState.missing(name), write, TIME, null, DocumentLimits.DEFAULT)
                .after();
    }

    private static Write sell(DocumentName name) {
        Write decrement =
                Json.update("{\"increment\": {\"stock\": -1}, \"if\": {\"where\": {\"stock\": {\"gte\": 1}}}}");
        return Write.of(name, decrement.action()).withCondition(decrement.condition());
    }

    private static Write set(DocumentName name, String field) {
        return Write.of(name, Action.Update.of(new Operator.Set(FieldPath.ofKeys(field), MapValue.EMPTY)));
    }
}
