package io.tributary.service.http;

import io.tributary.service.http.reply.NotFound;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.request.Refusal;
import java.util.List;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Routes by the path as it came. Spring's path patterns would decode it, cut parameters behind {@code ;} off and forgive
 * empty segments: a lost id would turn into something else.
 */
final class ApiRoutes implements RouterFunction<ServerResponse> {

    private static final String BASE = "/v1";

    private final List<Resource<?>> resources;

    ApiRoutes(List<Resource<?>> resources) {
        this.resources = List.copyOf(resources);
    }

    /** Emits what is to be done; completes empty when the path is somebody else's. */
    @Override
    public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
        ServerHttpRequest http = request.exchange().getRequest();
        String path = http.getURI().getRawPath();
        if (!path.equals(BASE) && !path.startsWith(BASE + "/") && !path.equals(Description.OPEN_API_PATH)) {
            return Mono.empty();
        }
        Address address = Address.of(path);
        for (Resource<?> resource : resources) {
            HandlerFunction<ServerResponse> handler = resource.handler(address, http.getMethod());
            if (handler != null) {
                observe(request, resource);
                return Mono.just(handler);
            }
        }
        throw new Refusal(NotFound.problem());
    }

    List<Resource<?>> resources() {
        return resources;
    }

    /** Metrics count by kind of URL, not by URL. */
    private static void observe(ServerRequest request, Resource<?> resource) {
        ServerRequestObservationContext.findCurrent(request.exchange().getAttributes())
                .ifPresent(
                        context -> context.setPathPattern(resource.templates().getFirst()));
    }
}
