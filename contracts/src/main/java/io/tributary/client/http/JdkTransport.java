package io.tributary.client.http;

import java.io.ByteArrayOutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** The JDK's HTTP client, over HTTP/1.1. Replies come on its threads. */
public final class JdkTransport implements Transport {

    private final HttpClient client;
    private final String address;

    /** @param address where the service is, with the path in front of its own, if there is one */
    public JdkTransport(HttpClient client, URI address) {
        String text = address.toString();
        this.client = client;
        this.address = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    @Override
    public Mono<Reply> exchange(Call call) {
        return response(call, BodyHandlers.ofByteArray()).map(JdkTransport::reply);
    }

    @Override
    public Flux<byte[]> stream(Call call) {
        return response(call, BodyHandlers.ofPublisher()).flatMapMany(JdkTransport::parts);
    }

    private static Flux<byte[]> parts(HttpResponse<Flow.Publisher<List<ByteBuffer>>> response) {
        Flux<byte[]> body = JdkFlowAdapter.flowPublisherToFlux(response.body()).map(JdkTransport::joined);
        return response.statusCode() == HttpURLConnection.HTTP_OK
                ? body
                : body.reduceWith(ByteArrayOutputStream::new, JdkTransport::appended)
                        .flatMapMany(whole -> Flux.error(new UnsuccessfulReply(reply(response, whole.toByteArray()))));
    }

    private static ByteArrayOutputStream appended(ByteArrayOutputStream whole, byte[] part) {
        whole.writeBytes(part);
        return whole;
    }

    private static byte[] joined(List<ByteBuffer> buffers) {
        ByteBuffer joined = ByteBuffer.allocate(
                buffers.stream().mapToInt(ByteBuffer::remaining).sum());
        buffers.forEach(joined::put);
        return joined.array();
    }

    private <T> Mono<HttpResponse<T>> response(Call call, BodyHandler<T> body) {
        return Mono.create(caller -> {
            CompletableFuture<HttpResponse<T>> response = client.sendAsync(request(call), body);
            AtomicBoolean givenUp = new AtomicBoolean();
            caller.onCancel(() -> {
                givenUp.set(true);
                response.cancel(true);
            });
            tell(caller, response, givenUp);
        });
    }

    /** A request that is given up fails too, of which nobody wants to hear. */
    @SuppressWarnings("FutureReturnValueIgnored") // what the caller is told fails nowhere
    private static <T> void tell(
            MonoSink<HttpResponse<T>> caller, CompletableFuture<HttpResponse<T>> response, AtomicBoolean givenUp) {
        response.whenComplete((answer, failure) -> {
            if (failure == null) {
                caller.success(answer);
            } else if (!givenUp.get()) {
                caller.error(failure instanceof CompletionException wrapped ? reason(wrapped) : failure);
            }
        });
    }

    private static Throwable reason(CompletionException wrapped) {
        return wrapped.getCause() == null ? wrapped : wrapped.getCause();
    }

    private HttpRequest request(Call call) {
        BodyPublisher body =
                call.body().length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(call.body());
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call.path()))
                .version(HttpClient.Version.HTTP_1_1)
                .method(call.method(), body);
        call.headers().forEach(request::header);
        return request.build();
    }

    private static Reply reply(HttpResponse<byte[]> response) {
        return reply(response, response.body());
    }

    private static Reply reply(HttpResponse<?> response, byte[] body) {
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Retry-After").orElse(null),
                body);
    }
}
