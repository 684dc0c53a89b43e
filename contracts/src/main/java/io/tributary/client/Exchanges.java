package io.tributary.client;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.client.http.Reply;
import io.tributary.client.http.Transport;
import io.tributary.json.ProblemJson;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends a call until it is known what became of it. Every call may be sent again: it reads, or carries the id of what it
 * does.
 */
final class Exchanges {

    private final Transport transport;
    private final Duration timeout;
    private final Attempts attempts;
    private final Scheduler scheduler;

    /** @param timeout for each attempt */
    Exchanges(Transport transport, Duration timeout, Attempts attempts, Scheduler scheduler) {
        this.transport = transport;
        this.timeout = timeout;
        this.attempts = attempts;
        this.scheduler = scheduler;
    }

    /**
     * Emits the reply of success. Errs with a {@link ProblemException} when the service refuses, or with an {@link
     * IOException} when none of the attempts was answered.
     */
    Mono<Reply> successful(Call call) {
        return transport
                .exchange(call)
                .timeout(timeout, noAnswer(call), scheduler)
                .onErrorMap(IOException.class, failure -> new PassingFailure(failure, Duration.ZERO))
                .doOnNext(Exchanges::requireSuccess)
                .retryWhen(attempts.after(PassingFailure.class::isInstance, scheduler))
                .onErrorMap(PassingFailure.class, PassingFailure::reason);
    }

    private Mono<Reply> noAnswer(Call call) {
        return Mono.error(() -> new HttpTimeoutException(call + " was not answered within " + timeout));
    }

    private static void requireSuccess(Reply reply) {
        switch (reply.status()) {
            case 200, 201, 204 -> {}
            case 429, 503, 504 -> throw new PassingFailure(refusal(reply), reply.pause());
            default -> throw refusal(reply);
        }
    }

    private static ProblemException refusal(Reply reply) {
        try {
            return new ProblemException(ProblemJson.read(reply.body()));
        } catch (ProblemException noProblem) {
            return new ProblemException(Problem.of(
                    ProblemType.ofStatus(reply.status()),
                    "the answer has status " + reply.status() + " and is no problem of Tributary"));
        }
    }
}
