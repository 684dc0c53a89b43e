package io.tributary.service.http;

import io.tributary.service.http.reply.NotFound;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.request.Refusal;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Routes by the path as it came. Spring's path patterns would decode it, cut parameters behind {@code ;} off and forgive
 * empty segments: a lost id would turn into something else.
 *
 * <p>A filter, the last of all, so that no write pays for what Spring's dispatcher does to find and call a handler. The
 * dispatcher gets all other paths.
 */
final class ApiRoutes implements WebFilter, Ordered {

    private static final String BASE = "/v1";

    private final List<Resource<?>> resources;

    ApiRoutes(List<Resource<?>> resources) {
        this.resources = List.copyOf(resources);
    }

    /** Whoever is to see requests to {@code /v1} has to say a lower one. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        String path = exchange.getRequest().getURI().getRawPath();
        return path.equals(BASE) || path.startsWith(BASE + "/") || path.equals(Description.OPEN_API_PATH)
                ? reply(Address.of(path), exchange).flatMap(reply -> reply.writeTo(exchange))
                : chain.filter(exchange);
    }

    private Mono<Reply> reply(Address address, ServerWebExchange exchange) {
        ServerHttpRequest request = exchange.getRequest();
        for (Resource<?> resource : resources) {
            Resource.Handler handler = resource.handler(address, request.getMethod());
            if (handler != null) {
                observe(exchange, resource);
                return handler.on(request);
            }
        }
        throw new Refusal(NotFound.problem());
    }

    List<Resource<?>> resources() {
        return resources;
    }

    /** Metrics count by kind of URL, not by URL. */
    private static void observe(ServerWebExchange exchange, Resource<?> resource) {
        ServerRequestObservationContext.findCurrent(exchange.getAttributes())
                .ifPresent(
                        context -> context.setPathPattern(resource.templates().getFirst()));
    }
}
