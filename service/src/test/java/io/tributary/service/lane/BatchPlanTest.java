package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.document.DocumentLimits;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Loaded;
import io.tributary.service.store.Locked;
import io.tributary.write.Batch;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final LaneState LANE = new LaneState(0, 3, 40, 100, 7, NOW.minusSeconds(1), 20);

    /** Judging a document named {@code bad} meets a fault of the program. */
    private static final DocumentLimits FAULTY = DocumentLimits.DEFAULT.withSchemas(name -> data -> {
        if (name.equals(document("bad"))) {
            throw new StackOverflowError("asked for");
        }
        return List.of();
    });

    private final Asker bad = new Asker();
    private final Asker good = new Asker();

    @Test
    void aFaultOfTheProgramHarmsNoOtherBatch() {
        BatchPlan plan = new BatchPlan(
                List.of(call("bad", bad), call("good", good)),
                new Locked(Map.of(0, LANE), new Loaded(Map.of(), Map.of())),
                new Planning(
                        new CommitClock(() -> NOW), FAULTY, new LaneSettings.ChangeContent(false, true), 1_000_000),
                1_000_000);
        plan.answer(CommitObserver.NONE);

        assertThat(bad.heard()).containsExactly("internal");
        assertThat(good.heard()).containsExactly("versions 1");
    }

    private static BatchCall call(String id, Asker asker) {
        return BatchCall.of(Batch.of("default", List.of(increment(id))), 100, name -> 0, null, null, asker.caller());
    }
}
