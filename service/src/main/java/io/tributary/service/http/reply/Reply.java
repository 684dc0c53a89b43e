package io.tributary.service.http.reply;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * A response, whose body is ready or streamed. Written as it is: Spring's own responses would judge {@code If-Match} once
 * more, by other rules. A {@code HEAD} is answered with the headers alone.
 */
public final class Reply {

    private final HttpStatusCode status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final byte @Nullable [] body;
    private final @Nullable Flux<byte[]> parts;
    private final @Nullable Function<ServerWebExchange, Mono<Void>> conversation;

    private Reply(
            int status,
            byte @Nullable [] body,
            @Nullable Flux<byte[]> parts,
            @Nullable Function<ServerWebExchange, Mono<Void>> conversation) {
        this.status = HttpStatusCode.valueOf(status);
        this.body = body;
        this.parts = parts;
        this.conversation = conversation;
        headers.put(HttpHeaders.CACHE_CONTROL, "no-cache");
    }

    public static Reply empty(int status) {
        return new Reply(status, null, null, null);
    }

    public static Reply of(int status, String mediaType, byte[] body) {
        return new Reply(status, body, null, null).with(HttpHeaders.CONTENT_TYPE, mediaType);
    }

    /** With a body that is sent part by part, as the caller takes it. */
    public static Reply streamed(int status, String mediaType, Flux<byte[]> parts) {
        return new Reply(status, null, parts, null).with(HttpHeaders.CONTENT_TYPE, mediaType);
    }

    /**
     * Leaves HTTP: {@code conversation} answers, and speaks as long as the connection lasts. Where it errs at once, that is
     * answered as any other error is.
     */
    public static Reply upgraded(Function<ServerWebExchange, Mono<Void>> conversation) {
        return new Reply(101, null, null, conversation);
    }

    /** This reply with one more header. */
    public Reply with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    /** Completes when the response is written. */
    public Mono<Void> writeTo(ServerWebExchange exchange) {
        if (conversation != null) {
            return conversation.apply(exchange);
        }
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        headers.forEach(response.getHeaders()::set);
        if (parts != null) {
            return response.writeWith(parts.map(response.bufferFactory()::wrap));
        }
        if (body == null) {
            return response.setComplete();
        }
        response.getHeaders().setContentLength(body.length);
        return exchange.getRequest().getMethod().equals(HttpMethod.HEAD)
                ? response.setComplete()
                : response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
    }
}
