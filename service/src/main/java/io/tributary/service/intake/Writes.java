package io.tributary.service.intake;

import io.tributary.service.lane.Answer;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes single writes in, whoever asks for them. */
public interface Writes {

    /**
     * Emits the answer once it is durable; never errs. The write runs once subscribed to, whether or not the subscriber
     * stays: a cancel gives up the answer, not the write.
     *
     * @param length how many bytes the write had as JSON
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    Mono<Answer> submit(Write write, int length, @Nullable String actor, @Nullable String traceparent);
}
