package io.tributary.service.trigger;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.trigger.TriggerAction.Webhook;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.test.StepVerifier;

class WebhooksTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TriggerSettings QUICK =
            new TriggerSettings(10, true, 3, Duration.ofMillis(10), Duration.ofSeconds(5));

    private final Occurrence occurrence = Occurrences.update("products/p1", "{'stock': 4}", "stock");
    private final Deque<Integer> answers = new ArrayDeque<>();
    private final List<Map<String, String>> heads = new CopyOnWriteArrayList<>();
    private final List<byte[]> bodies = new CopyOnWriteArrayList<>();
    private final DisposableServer server =
            HttpServer.create().host("127.0.0.1").port(0).handle(this::answer).bindNow();

    @AfterEach
    void stop() {
        server.disposeNow();
    }

    @Test
    void getTheChange() {
        StepVerifier.create(call(QUICK, webhook("127.0.0.1"))).expectComplete().verify(SOON);

        assertThat(ChangeJson.read(bodies.getFirst())).isEqualTo(occurrence.change());
        assertThat(heads.getFirst())
                .containsEntry("tributary-trigger", "restock")
                .containsEntry("x-key", "value")
                .containsEntry("webhook-id", "restock/3/42");
    }

    @Test
    void canCheckWhoCalls() {
        StepVerifier.create(call(QUICK, webhook("127.0.0.1"))).expectComplete().verify(SOON);

        Map<String, String> head = heads.getFirst();
        assertThat(head.get("webhook-signature"))
                .isEqualTo(WebhookSignature.of("secret", "restock/3/42", Occurrences.TIME, bodies.getFirst()));
        assertThat(head.get("webhook-timestamp")).isEqualTo(Long.toString(Occurrences.TIME.getEpochSecond()));
    }

    @Test
    void areCalledAgainWhenTheyDoNotTakeIt() {
        answers.addAll(List.of(500, 302));

        StepVerifier.create(call(QUICK, webhook("127.0.0.1"))).expectComplete().verify(SOON);

        assertThat(heads).hasSize(3);
    }

    @Test
    void areGivenUpAfterTheLastAttempt() {
        answers.addAll(List.of(500, 503, 429));

        StepVerifier.create(call(QUICK, webhook("127.0.0.1")))
                .expectErrorSatisfies(failure -> {
                    assertThat(((ProblemException) failure).problem().type()).isEqualTo(ProblemType.WEBHOOK_FAILED);
                    assertThat(failure).hasMessageContaining("429");
                })
                .verify(SOON);
    }

    @Test
    void areNotCalledInTheServicesOwnNetwork() {
        TriggerSettings strict = new TriggerSettings(10, false, 1, Duration.ofMillis(10), Duration.ofSeconds(5));
        for (String host : List.of("127.0.0.1", "localhost", "[::1]")) {
            StepVerifier.create(call(strict, webhook(host)))
                    .expectErrorSatisfies(failure -> assertThat(failure).hasMessageContaining("has no public address"))
                    .verify(SOON);
        }

        assertThat(heads).isEmpty();
    }

    private Mono<Void> call(TriggerSettings settings, Webhook webhook) {
        InstantSource clock = InstantSource.fixed(Occurrences.TIME);
        return new Webhooks(settings, clock, Schedulers.parallel()).call("restock", webhook, occurrence);
    }

    private Webhook webhook(String host) {
        return new Webhook(
                URI.create("http://" + host + ":" + server.port() + "/hook"), Map.of("X-Key", "value"), "secret");
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        Map<String, String> head = new ConcurrentHashMap<>();
        request.requestHeaders()
                .forEach(header -> head.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        return request.receive().aggregate().asByteArray().flatMap(body -> {
            heads.add(head);
            bodies.add(body);
            Integer status = answers.poll();
            return response.status(status == null ? 204 : status).send();
        });
    }
}
