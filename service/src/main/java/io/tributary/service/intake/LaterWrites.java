package io.tributary.service.intake;

import io.tributary.change.ProblemException;
import io.tributary.write.Write;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Takes single writes in whose outcome nobody waits for. */
public interface LaterWrites {

    /**
     * Completes when the write is a durable record of the updates topic: from then on it will be decided, once, whatever
     * crashes. Errs with a {@link ProblemException} {@code outcome-unknown} when the brokers do not confirm that in time; it
     * may be repeated with the same id. On any thread.
     *
     * @param write with an id, by which its outcome is found
     * @param actor the authenticated caller, null when authentication is off
     * @param traceparent the W3C trace context of the request, null when it had none
     */
    Mono<Void> accept(Write write, @Nullable String actor, @Nullable String traceparent);
}
