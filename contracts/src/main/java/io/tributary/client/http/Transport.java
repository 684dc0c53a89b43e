package io.tributary.client.http;

import reactor.core.publisher.Mono;

/** Carries a call to the service. */
public interface Transport {

    /**
     * Emits the reply, whatever its status; errs with an {@link java.io.IOException} when there was none. Each subscription
     * sends the call once; cancelling gives it up, whether it has arrived or not.
     */
    Mono<Reply> exchange(Call call);
}
