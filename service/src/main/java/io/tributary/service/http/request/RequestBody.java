package io.tributary.service.http.request;

import io.tributary.change.ProblemType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Takes in the body of a request, never more of it than is allowed. */
public final class RequestBody {

    private static final byte[] EMPTY = {};

    private RequestBody() {}

    /**
     * Emits the body, empty when the request has none. Errs with a {@link Refusal} {@code request-too-large} as soon as more
     * than {@code limit} bytes are announced or have come; the connection is closed then, what is still to come is not read.
     */
    public static Mono<byte[]> of(ServerHttpRequest request, int limit) {
        if (request.getHeaders().getContentLength() > limit) {
            return Mono.error(() -> tooLarge(limit));
        }
        return DataBufferUtils.join(request.getBody(), limit)
                .map(RequestBody::bytes)
                .defaultIfEmpty(EMPTY)
                .onErrorMap(DataBufferLimitException.class, e -> tooLarge(limit));
    }

    /** Whether the request announces a body. */
    public static boolean isAnnounced(HttpHeaders headers) {
        return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }

    private static Refusal tooLarge(int limit) {
        return Refusal.of(ProblemType.REQUEST_TOO_LARGE, "a request has at most " + limit + " bytes")
                .with(HttpHeaders.CONNECTION, "close");
    }
}
