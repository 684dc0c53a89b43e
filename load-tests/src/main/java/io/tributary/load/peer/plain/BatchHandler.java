package io.tributary.load.peer.plain;

import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers {@code POST {"writes": [{"document": name, "increment": {field: number}}]}} with what each has changed. */
final class BatchHandler implements HandlerFunction<ServerResponse> {

    private final Documents documents;

    BatchHandler(Documents documents) {
        this.documents = documents;
    }

    /** All or nothing. */
    private record Batch(List<Update> writes) {}

    /** @param increment what to add to which field */
    private record Update(String document, Map<String, Long> increment) {}

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        return request.bodyToMono(Batch.class)
                .flatMap(batch -> documents.incrementAll(batch.writes().stream()
                        .map(update -> new Documents.Increment(update.document(), update.increment()))
                        .toList()))
                .flatMap(changes -> ServerResponse.ok().bodyValue(changes));
    }
}
