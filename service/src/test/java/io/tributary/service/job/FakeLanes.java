package io.tributary.service.job;

import io.tributary.change.Outcome;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.service.query.FakeStore;
import io.tributary.write.Write;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Applies each write to a store at once, and remembers its outcome. */
final class FakeLanes implements Writes {

    private final FakeStore store;
    private final InstantSource clock;
    private final Map<String, Outcome> remembered = new HashMap<>();
    private final List<DocumentName> applied = new ArrayList<>();
    private final Queue<Answer> first = new ArrayDeque<>();
    private volatile Consumer<DocumentName> before = document -> {};
    private Predicate<DocumentName> lost = document -> false;
    private int answering = Integer.MAX_VALUE;

    FakeLanes(FakeStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The next write is not applied, but answered with this. */
    synchronized void refuseOnce(Answer answer) {
        first.add(answer);
    }

    /** Does something before a write is applied. */
    void before(Consumer<DocumentName> hook) {
        before = hook;
    }

    /** From now on the writes of these documents are neither applied nor answered. */
    synchronized void lose(Predicate<DocumentName> documents) {
        lost = documents;
    }

    /** From now on this many writes are answered; all are applied. */
    synchronized void answerOnly(int writes) {
        answering = writes;
    }

    /** Remembers nothing any more. */
    synchronized void forget() {
        remembered.clear();
    }

    /** The documents that writes were applied to, whether they changed or not, without repetitions of writes. */
    synchronized List<DocumentName> applied() {
        return List.copyOf(applied);
    }

    @Override
    public Mono<Answer> submit(Write write, int length, @Nullable String actor, @Nullable String traceparent) {
        return Mono.defer(() -> {
            before.accept(write.document());
            return take(write);
        });
    }

    private synchronized Mono<Answer> take(Write write) {
        if (lost.test(write.document())) {
            return Mono.never();
        }
        if (!first.isEmpty()) {
            return Mono.just(first.remove());
        }
        Answer answer = decided(write);
        return answering-- > 0 ? Mono.just(answer) : Mono.never();
    }

    private Answer decided(Write write) {
        String key = write.document() + " " + write.id();
        Outcome earlier = remembered.get(key);
        if (earlier != null && write.id() != null) {
            return new Answer.Decided(earlier, true);
        }
        Result result =
                Documents.apply(store.state(write.document()), write, clock.instant(), null, DocumentLimits.DEFAULT);
        store.put(result.after());
        applied.add(write.document());
        Outcome outcome = result.outcome(write);
        remembered.put(key, outcome);
        return new Answer.Decided(outcome, false);
    }
}
