package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.lane.Answer;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Owners who always answer the same. */
final class FakeForwarding implements Forwarding {

    static final Answer ANSWER = new Answer.GivenUp(Problem.of(ProblemType.OUTCOME_UNKNOWN, "from elsewhere"));

    @Override
    public void start() {}

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public Mono<Answer> forward(Write write, @Nullable String actor, @Nullable String traceparent) {
        return Mono.just(ANSWER);
    }

    @Override
    public Mono<Answer> forward(Batch batch, @Nullable String actor, @Nullable String traceparent) {
        return Mono.just(ANSWER);
    }

    @Override
    public void close() {}
}
