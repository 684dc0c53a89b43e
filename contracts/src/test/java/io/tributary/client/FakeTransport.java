package io.tributary.client;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.client.http.Reply;
import io.tributary.client.http.Transport;
import io.tributary.client.http.UnsuccessfulReply;
import io.tributary.json.ProblemJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** A service that answers as it was told, in turn, and remembers what it was asked. */
final class FakeTransport implements Transport {

    final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    final List<Call> calls = new ArrayList<>();
    private final Queue<Mono<Reply>> replies = new ArrayDeque<>();
    private final Queue<Flux<byte[]>> streams = new ArrayDeque<>();

    @Override
    public Mono<Reply> exchange(Call call) {
        return Mono.defer(() -> {
            calls.add(call);
            Mono<Reply> reply = replies.poll();
            return reply == null ? Mono.error(new AssertionError("unexpected: " + call + " " + text(call))) : reply;
        });
    }

    @Override
    public Flux<byte[]> stream(Call call) {
        return Flux.defer(() -> {
            calls.add(call);
            Flux<byte[]> stream = streams.poll();
            return stream == null ? Flux.error(new AssertionError("unexpected: " + call)) : stream;
        });
    }

    /** A stream of one part, which goes on behind it as said. */
    FakeTransport streams(String text, Flux<byte[]> rest) {
        streams.add(Flux.concat(Mono.just(text.getBytes(StandardCharsets.UTF_8)), rest));
        return this;
    }

    FakeTransport refusesStream(ProblemType type) {
        Problem problem = Problem.of(type, "for a reason");
        streams.add(Flux.error(
                () -> new UnsuccessfulReply(new Reply(problem.type().status(), null, ProblemJson.write(problem)))));
        return this;
    }

    FakeTransport answers(int status, String json) {
        return answers(new Reply(status, null, json.getBytes(StandardCharsets.UTF_8)));
    }

    FakeTransport answers(Reply reply) {
        replies.add(Mono.just(reply));
        return this;
    }

    FakeTransport refuses(Problem problem) {
        return answers(new Reply(problem.type().status(), null, ProblemJson.write(problem)));
    }

    FakeTransport refuses(ProblemType type) {
        return refuses(Problem.of(type, "for a reason"));
    }

    FakeTransport breaks() {
        replies.add(Mono.error(() -> new IOException("connection reset")));
        return this;
    }

    FakeTransport staysSilent() {
        replies.add(Mono.never());
        return this;
    }

    TributaryClient client() {
        return new TributaryClient(TributaryClient.builder(URI.create("http://fake")), this, time);
    }

    /** The bodies of all calls that came to this path. */
    List<String> bodies(String path) {
        return calls.stream()
                .filter(call -> call.path().equals(path))
                .map(FakeTransport::text)
                .toList();
    }

    static String text(Call call) {
        return new String(call.body(), StandardCharsets.UTF_8);
    }

    static String document(String path, long version, String data) {
        return """
                {"document":"%s","version":%d,"time":"2026-11-21T08:00:00Z","createdAt":"2026-11-21T08:00:00Z",\
                "updatedAt":"2026-11-21T08:00:00Z","data":%s}""".formatted(path, version, data);
    }

    static String documents(String... documents) {
        return "{\"documents\":[" + String.join(",", documents) + "]}";
    }
}
