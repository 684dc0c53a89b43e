package io.tributary.load.peer.plain;

import java.util.Map;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers {@code PATCH {"increment": {field: number}}} with the document's new version and values; 404 when it is missing. */
final class IncrementHandler implements HandlerFunction<ServerResponse> {

    private final Documents documents;

    IncrementHandler(Documents documents) {
        this.documents = documents;
    }

    /** @param increment what to add to which field */
    private record Patch(Map<String, Long> increment) {}

    @Override
    public Mono<ServerResponse> handle(ServerRequest request) {
        String name = request.pathVariable("collection") + '/' + request.pathVariable("id");
        return request.bodyToMono(Patch.class)
                .flatMap(patch -> documents.increment(name, patch.increment()))
                .flatMap(change -> ServerResponse.ok()
                        .eTag(Long.toString(change.version()))
                        .bodyValue(change))
                .switchIfEmpty(ServerResponse.notFound().build());
    }
}
