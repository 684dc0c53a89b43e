package io.tributary.service.http;

import io.tributary.change.ProblemType;
import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.watch.EventStreams;
import io.tributary.service.http.watch.WatchSockets;
import io.tributary.service.watch.WatchRequest;
import io.tributary.service.watch.feed.Watched;
import io.tributary.write.Filter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns requests into watches, whose events are streamed or go over a WebSocket. */
final class WatchRequests {

    private static final String WEB_SOCKET = "websocket";
    private static final String WEB_SOCKET_VERSION = "Sec-WebSocket-Version";

    /** That of RFC 6455, the only one. */
    private static final String VERSION = "13";

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final Set<String> OF_A_DOCUMENT = Set.of("snapshot", "lastEventId", Parameters.INTEGERS);
    private static final Set<String> OF_A_COLLECTION = Set.of("where", "snapshot", "lastEventId", Parameters.INTEGERS);

    private final EventStreams events;
    private final WatchSockets sockets;
    private final Limits limits;

    WatchRequests(EventStreams events, WatchSockets sockets, Limits limits) {
        this.events = events;
        this.sockets = sockets;
        this.limits = limits;
    }

    /** Watches for who prefers events, reads for everybody else. */
    static <T> Resource.Action<T> or(Resource.Action<T> watch, Resource.Action<T> read) {
        return (target, request) -> (MediaTypes.prefersEvents(request.getHeaders()) ? watch : read).on(target, request);
    }

    /** {@code GET} of a document as a stream of events. */
    Mono<Reply> document(DocumentName name, ServerHttpRequest request) {
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), OF_A_DOCUMENT);
        return stream(new Watched.OfDocument(name), parameters, request);
    }

    /** {@code GET} of a collection as a stream of events. */
    Mono<Reply> collection(CollectionName name, ServerHttpRequest request) {
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), OF_A_COLLECTION);
        String where = parameters.get("where");
        Filter filter = where == null ? Filter.ALWAYS : FilterJson.read(where, limits);
        return stream(new Watched.OfCollection(name, filter), parameters, request);
    }

    /**
     * {@code GET} of a WebSocket for many watches.
     *
     * @throws Refusal {@code upgrade-required} for any other {@code GET}
     */
    Mono<Reply> socket(String database, ServerHttpRequest request) {
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        if (!WEB_SOCKET.equalsIgnoreCase(request.getHeaders().getUpgrade())) {
            throw Refusal.of(
                            ProblemType.UPGRADE_REQUIRED,
                            "many watches on one connection need a WebSocket; a single one is a GET of what is watched, with"
                                    + " Accept: text/event-stream")
                    .with(HttpHeaders.UPGRADE, WEB_SOCKET);
        }
        if (!VERSION.equals(request.getHeaders().getFirst(WEB_SOCKET_VERSION))) {
            throw Refusal.of(ProblemType.UPGRADE_REQUIRED, "the WebSocket is to be one of version " + VERSION)
                    .with(HttpHeaders.UPGRADE, WEB_SOCKET)
                    .with(WEB_SOCKET_VERSION, VERSION);
        }
        return Mono.just(Reply.upgraded(exchange -> sockets.serve(exchange, database)));
    }

    private Mono<Reply> stream(Watched watched, Parameters parameters, ServerHttpRequest request) {
        boolean snapshot = parameters.get("snapshot") == null || parameters.flag("snapshot");
        var watch = new WatchRequest(watched, snapshot, token(parameters, request));
        return Mono.just(Reply.streamed(200, MediaTypes.EVENT_STREAM, events.events(watch, parameters.integers())));
    }

    /** The header is the newer one: a browser that comes again sends the same parameters as at first. */
    private static @Nullable String token(Parameters parameters, ServerHttpRequest request) {
        String header = request.getHeaders().getFirst(LAST_EVENT_ID);
        String token = header == null || header.isEmpty() ? parameters.get("lastEventId") : header;
        return token == null || token.isEmpty() ? null : token;
    }
}
