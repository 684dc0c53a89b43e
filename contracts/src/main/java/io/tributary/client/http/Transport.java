package io.tributary.client.http;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Carries a call to the service. */
public interface Transport {

    /**
     * Emits the reply, whatever its status; errs with an {@link java.io.IOException} when there was none. Each subscription
     * sends the call once; cancelling gives it up, whether it has arrived or not.
     */
    Mono<Reply> exchange(Call call);

    /**
     * Emits the body of a reply with status 200 part by part, as it comes, and no faster than is asked for; completes at its
     * end. Errs with an {@link UnsuccessfulReply} when the status is another, with an {@link java.io.IOException} when there
     * was no reply or it broke off. Each subscription sends the call once; cancelling breaks the connection.
     */
    Flux<byte[]> stream(Call call);
}
