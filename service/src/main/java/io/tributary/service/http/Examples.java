package io.tributary.service.http;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The pages of {@code docs/examples}, each one file: they show in a browser what the service does. */
public final class Examples {

    private static final List<String> NAMES = List.of("inventory");

    private final Map<String, byte[]> pages =
            NAMES.stream().collect(Collectors.toMap(Function.identity(), Examples::page));

    private Examples() {}

    /** {@code GET /examples/<name>}. */
    public static RouterFunction<ServerResponse> routes() {
        return route().GET("/examples/{name}", new Examples()::serve).build();
    }

    private Mono<ServerResponse> serve(ServerRequest request) {
        byte[] page = pages.get(request.pathVariable("name"));
        return page == null
                ? ServerResponse.notFound().build()
                : ServerResponse.ok().contentType(MediaType.TEXT_HTML).bodyValue(page);
    }

    private static byte[] page(String name) {
        try {
            return new ClassPathResource("examples/" + name + "/index.html").getContentAsByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
