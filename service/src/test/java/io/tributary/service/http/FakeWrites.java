package io.tributary.service.http;

import io.tributary.change.Outcome;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.document.Documents;
import io.tributary.service.document.Result;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.service.query.FakeStore;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Applies each write at once, remembers those with an id, and keeps what it was given. */
final class FakeWrites implements Writes {

    private final FakeStore store;
    private final List<Write> taken = new ArrayList<>();
    private final Map<String, Outcome> remembered = new HashMap<>();
    private @Nullable Answer scripted;
    private boolean silent;
    private @Nullable String traceparent;

    FakeWrites(FakeStore store) {
        this.store = store;
    }

    /** From now on every write is answered with this. */
    void answer(Answer answer) {
        scripted = answer;
    }

    /** From now on writes are taken, but not answered. */
    synchronized void beSilent() {
        silent = true;
    }

    synchronized void beTalkative() {
        silent = false;
    }

    synchronized List<Write> taken() {
        return List.copyOf(taken);
    }

    synchronized Write last() {
        return taken.getLast();
    }

    @Nullable
    String traceparent() {
        return traceparent;
    }

    @Override
    public Mono<Answer> submit(Write write, int length, @Nullable String actor, @Nullable String traceparent) {
        return Mono.defer(() -> take(write, traceparent));
    }

    private synchronized Mono<Answer> take(Write write, @Nullable String traceparent) {
        this.traceparent = traceparent;
        taken.add(write);
        return silent ? Mono.never() : Mono.just(scripted == null ? decided(write) : scripted);
    }

    private Answer decided(Write write) {
        String key = write.id() == null ? null : write.document() + " " + write.id();
        if (key != null && remembered.containsKey(key)) {
            return new Answer.Decided(Objects.requireNonNull(remembered.get(key)), true);
        }
        Result result =
                Documents.apply(store.state(write.document()), write, Instant.now(), null, DocumentLimits.DEFAULT);
        store.put(result.after());
        Outcome outcome = result.outcome(write);
        if (key != null) {
            remembered.put(key, outcome);
        }
        return new Answer.Decided(outcome, false);
    }
}
