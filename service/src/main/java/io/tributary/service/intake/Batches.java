package io.tributary.service.intake;

import io.tributary.service.lane.Answer;
import io.tributary.write.Batch;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes atomic batches in, whoever asks for them. */
public interface Batches {

    /**
     * Emits the answer once it is durable, never an {@link Answer.Decided}; never errs. The batch runs once subscribed to,
     * whether or not the subscriber stays: a cancel gives up the answer, not the batch.
     *
     * @param length how many bytes the batch had as JSON
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    Mono<Answer> submit(Batch batch, int length, @Nullable String actor, @Nullable String traceparent);
}
