package io.tributary.service.http;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.service.intake.Batches;
import io.tributary.service.lane.Answer;
import io.tributary.service.query.FakeStore;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Applies each batch at once, remembers those with an id, and keeps what it was given. Looks at no reads. */
final class FakeBatches implements Batches {

    private final FakeStore store;
    private final List<Batch> taken = new ArrayList<>();
    private final Map<String, BatchOutcome> remembered = new HashMap<>();
    private @Nullable Answer scripted;
    private @Nullable String traceparent;

    FakeBatches(FakeStore store) {
        this.store = store;
    }

    /** From now on every batch is answered with this. */
    void answer(Answer answer) {
        scripted = answer;
    }

    List<Batch> taken() {
        return List.copyOf(taken);
    }

    Batch last() {
        return taken.getLast();
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    @Override
    public Mono<Answer> submit(Batch batch, int length, @Nullable String actor, @Nullable String traceparent) {
        return Mono.fromSupplier(() -> {
            this.traceparent = traceparent;
            taken.add(batch);
            return scripted == null ? decided(batch) : scripted;
        });
    }

    private Answer decided(Batch batch) {
        String key = batch.id() == null ? null : batch.database() + " " + batch.id();
        BatchOutcome earlier = key == null ? null : remembered.get(key);
        if (earlier != null) {
            return new Answer.DecidedBatch(earlier, true);
        }
        BatchOutcome outcome = outcome(batch);
        if (key != null) {
            remembered.put(key, outcome);
        }
        return new Answer.DecidedBatch(outcome, false);
    }

    private BatchOutcome outcome(Batch batch) {
        Instant time = Instant.now();
        Map<DocumentName, DocumentState> changed = new HashMap<>();
        List<Outcome.Applied> results = new ArrayList<>();
        for (Write write : batch.writes()) {
            DocumentState before = changed.getOrDefault(write.document(), store.state(write.document()));
            Result result = Documents.apply(before, write, time, null, DocumentLimits.DEFAULT);
            switch (result.outcome(write)) {
                case Outcome.Applied applied -> results.add(applied);
                case Outcome.Refused refused -> {
                    return new BatchOutcome.Refused(refused.problem().withIndex(results.size()));
                }
            }
            changed.put(write.document(), result.after());
        }
        changed.values().forEach(store::put);
        return new BatchOutcome.Applied(batch.id(), time, results);
    }
}
