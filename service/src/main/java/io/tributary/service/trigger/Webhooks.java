package io.tributary.service.trigger;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaders;
import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.trigger.TriggerAction.Webhook;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.retry.Retry;

/**
 * Calls webhooks with changes, at least once each: a POST of the {@link io.tributary.change.Change} as the changelog has it,
 * signed as Standard Webhooks says. Whoever answers anything but 2xx, or not in time, is called again; redirects are not
 * followed.
 */
final class Webhooks {

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int TO_CONNECT = 5_000;
    private static final double JITTER = 0.5;

    private final HttpClient client;
    private final TriggerSettings settings;
    private final InstantSource clock;
    private final Scheduler timer;

    /** @param timer waits before a call is tried again */
    Webhooks(TriggerSettings settings, InstantSource clock, Scheduler timer) {
        HttpClient plain = HttpClient.create()
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, TO_CONNECT)
                .responseTimeout(settings.response())
                .disableRetry(true);
        this.client = settings.privateTargets() ? plain : plain.resolver(new PublicAddresses());
        this.settings = settings;
        this.clock = clock;
        this.timer = timer;
    }

    /** Completes when the webhook has taken the change. Errs with a {@link ProblemException} when all attempts have failed. */
    Mono<Void> call(String trigger, Webhook webhook, Occurrence occurrence) {
        byte[] body = ChangeJson.write(occurrence.change());
        return Mono.defer(() -> attempt(trigger, webhook, occurrence.id(trigger), body))
                .retryWhen(Retry.backoff(settings.attempts() - 1L, settings.firstPause())
                        .maxBackoff(LONGEST_PAUSE)
                        .jitter(JITTER)
                        .scheduler(timer)
                        .onRetryExhaustedThrow((spec, signal) -> signal.failure()))
                .onErrorMap(failure -> new ProblemException(Problem.of(
                        ProblemType.WEBHOOK_FAILED,
                        "the webhook has not taken the change in " + settings.attempts() + " attempts: "
                                + failure.getMessage())));
    }

    private Mono<Void> attempt(String trigger, Webhook webhook, String id, byte[] body) {
        Instant now = clock.instant();
        return client.headers(headers -> {
                    webhook.headers().forEach(headers::set);
                    describe(headers, trigger, webhook, id, now, body);
                })
                .post()
                .uri(webhook.url())
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .response()
                .flatMap(Webhooks::judged);
    }

    private static void describe(
            HttpHeaders headers, String trigger, Webhook webhook, String id, Instant now, byte[] body) {
        headers.set("content-type", "application/json")
                .set("content-length", body.length)
                .set("webhook-id", id)
                .set("webhook-timestamp", now.getEpochSecond())
                .set("tributary-trigger", trigger);
        if (webhook.secret() != null) {
            headers.set("webhook-signature", WebhookSignature.of(webhook.secret(), id, now, body));
        }
    }

    private static Mono<Void> judged(HttpClientResponse response) {
        int status = response.status().code();
        return status >= 200 && status < 300
                ? Mono.empty()
                : Mono.error(new IllegalStateException("it answered " + status));
    }
}
