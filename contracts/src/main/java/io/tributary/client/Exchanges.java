package io.tributary.client;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.client.http.Reply;
import io.tributary.client.http.Transport;
import io.tributary.client.http.UnsuccessfulReply;
import io.tributary.json.ProblemJson;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Sends a call until it is known what became of it. Every call may be sent again: it reads, or carries the id of what it
 * does.
 */
final class Exchanges {

    /** Three of the service's heart-beats. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

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

    /**
     * Emits what {@code reading} makes of a stream that never ends: when it breaks, ends, is silent for long or not to be had
     * now, {@code next} says which call to go on with, which is made after a pause, for ever. Errs with a {@link
     * ProblemException} when the service refuses, or {@code reading} does.
     */
    <T> Flux<T> stream(Supplier<Call> next, Function<Flux<byte[]>, Flux<T>> reading) {
        return Flux.defer(() -> {
                    Call call = next.get();
                    return transport.stream(call)
                            .timeout(
                                    Mono.delay(timeout, scheduler),
                                    part -> Mono.delay(LONGEST_SILENCE, scheduler),
                                    Flux.error(() -> new HttpTimeoutException(call + " is silent")))
                            .concatWith(Mono.error(() -> new IOException(call + " has ended")))
                            .onErrorMap(IOException.class, failure -> new PassingFailure(failure, Duration.ZERO))
                            .onErrorMap(UnsuccessfulReply.class, failure -> failure(failure.reply()))
                            .transform(reading);
                })
                .retryWhen(attempts.always(PassingFailure.class::isInstance, scheduler));
    }

    private static RuntimeException failure(Reply reply) {
        return mayPass(reply.status()) ? new PassingFailure(refusal(reply), reply.pause()) : refusal(reply);
    }

    private Mono<Reply> noAnswer(Call call) {
        return Mono.error(() -> new HttpTimeoutException(call + " was not answered within " + timeout));
    }

    private static void requireSuccess(Reply reply) {
        if (reply.status() >= 300) {
            throw failure(reply);
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
