package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.service.lane.Answer;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Has writes and batches decided by the instances that own their lanes. Thread-safe. */
public interface Forwarding extends AutoCloseable {

    /** Begins to listen for answers. Does not wait for the brokers. */
    void start();

    /** Whether owners can be asked. */
    boolean isReady();

    /**
     * Emits the owner's answer; never errs. Asks once subscribed to, whether or not the subscriber stays.
     *
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    Mono<Answer> forward(Write write, @Nullable String actor, @Nullable String traceparent);

    /** The same for a batch, whose owner is that of its first document's lane. */
    Mono<Answer> forward(Batch batch, @Nullable String actor, @Nullable String traceparent);

    @Override
    void close();

    /** For an instance that shares the lanes with nobody: while a lane is not its own, it is nobody's. */
    static Forwarding nowhere() {
        return new Forwarding() {
            @Override
            public void start() {}

            @Override
            public boolean isReady() {
                return false;
            }

            @Override
            public Mono<Answer> forward(Write write, @Nullable String actor, @Nullable String traceparent) {
                return unavailable();
            }

            @Override
            public Mono<Answer> forward(Batch batch, @Nullable String actor, @Nullable String traceparent) {
                return unavailable();
            }

            private Mono<Answer> unavailable() {
                return Mono.just(new Answer.GivenUp(Problem.of(
                        ProblemType.UNAVAILABLE,
                        "the document's lane is being taken over at the moment; nothing was applied")));
            }

            @Override
            public void close() {}
        };
    }
}
