package io.tributary.client.http;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import reactor.core.publisher.Mono;

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
        return Mono.fromFuture(() -> client.sendAsync(request(call), BodyHandlers.ofByteArray()))
                .map(JdkTransport::reply);
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
        return new Reply(
                response.statusCode(),
                response.headers().firstValue("Retry-After").orElse(null),
                response.body());
    }
}
