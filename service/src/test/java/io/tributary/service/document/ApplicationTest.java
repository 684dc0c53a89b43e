package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Outcome;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Operator;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationTest {

    private static final DocumentName NAME = DocumentName.of("products/p1");
    private static final Instant TIME = Instant.parse("2026-11-21T08:00:00.000001Z");

    @Test
    void incrementsAField() {
        var created = apply(DocumentState.missing(NAME), new Action.Create(stock(1)));
        var incremented = apply(
                created.after(),
                Action.Update.of(new Operator.Increment(FieldPath.parse("stock"), new IntegerValue(2))));

        assertThat(incremented.after().data()).isEqualTo(stock(3));
        assertThat(incremented.after().version()).isEqualTo(2);
        assertThat(incremented.outcome(Write.of(NAME, new Action.Delete())))
                .isInstanceOfSatisfying(
                        Outcome.Applied.class,
                        outcome -> assertThat(outcome.effect().changes()).containsOnlyKeys("stock"));
    }

    private static MapValue stock(long n) {
        return MapValue.of(Map.of("stock", new IntegerValue(n)));
    }

    private static Result apply(DocumentState before, Action action) {
        return Documents.apply(before, Write.of(NAME, action), TIME, null, DocumentLimits.DEFAULT);
    }
}
