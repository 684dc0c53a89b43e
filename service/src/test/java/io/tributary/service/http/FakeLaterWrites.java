package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.intake.LaterWrites;
import io.tributary.write.Write;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps what it accepts. */
final class FakeLaterWrites implements LaterWrites {

    private final List<Write> accepted = new CopyOnWriteArrayList<>();
    private volatile boolean away;

    List<Write> accepted() {
        return accepted;
    }

    /** From now on nothing is confirmed. */
    void goAway() {
        away = true;
    }

    @Override
    public Mono<Void> accept(Write write, @Nullable String actor, @Nullable String traceparent) {
        return away
                ? Mono.error(new ProblemException(Problem.of(ProblemType.OUTCOME_UNKNOWN, "not confirmed")))
                : Mono.fromRunnable(() -> accepted.add(write));
    }
}
