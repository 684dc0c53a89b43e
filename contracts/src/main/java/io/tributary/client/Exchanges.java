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
import java.util.function.Function;
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
     * Emits what {@code reading} makes of the answer's body; where that throws a {@link PassingFailure}, the call is sent
     * again. Errs with a {@link ProblemException} when the service refuses, with an {@link IOException} when none of the
     * attempts was answered, and with an {@link IllegalStateException} when the answer cannot be read.
     */
    <T> Mono<T> answer(Call call, Function<byte[], T> reading) {
        return transport
                .exchange(call)
                .timeout(timeout, noAnswer(call), scheduler)
                .onErrorMap(IOException.class, failure -> new PassingFailure(failure, Duration.ZERO))
                .doOnNext(Exchanges::requireSuccess)
                .map(reply -> read(reply, reading))
                .retryWhen(attempts.after(PassingFailure.class::isInstance, scheduler))
                .onErrorMap(PassingFailure.class, PassingFailure::reason);
    }

    private Mono<Reply> noAnswer(Call call) {
        return Mono.error(() -> new HttpTimeoutException(call + " was not answered within " + timeout));
    }

    private static void requireSuccess(Reply reply) {
        if (mayPass(reply.status())) {
            throw new PassingFailure(refusal(reply), reply.pause());
        } else if (reply.status() >= 300) {
            throw refusal(reply);
        }
    }

    /** Whether a refusal with this status is to be tried again: nothing was applied, or it is not known what was. */
    static boolean mayPass(int status) {
        return status == 429 || status == 503 || status == 504;
    }

    private static <T> T read(Reply reply, Function<byte[], T> reading) {
        try {
            return reading.apply(reply.body());
        } catch (ProblemException unreadable) {
            throw new IllegalStateException("the answer of the service cannot be read", unreadable);
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
