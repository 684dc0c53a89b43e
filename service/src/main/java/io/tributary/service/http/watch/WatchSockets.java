package io.tributary.service.http.watch;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.WatchMessage;
import io.tributary.json.WatchMessageJson;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.http.server.Outflow;
import io.tributary.service.watch.Watches;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;
import org.springframework.web.reactive.socket.server.upgrade.ReactorNettyRequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.WebsocketServerSpec;

/** Sends many watches over one connection, a WebSocket (RFC 6455). */
public final class WatchSockets {

    private static final int LONGEST_MESSAGE = 16 << 10;

    /** Who is silent for that long is asked for a sign of life. */
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Watches watches;
    private final Limits limits;
    private final WebSocketService handshake = new HandshakeWebSocketService(new ReactorNettyRequestUpgradeStrategy(
            () -> WebsocketServerSpec.builder().maxFramePayloadLength(LONGEST_MESSAGE)));

    public WatchSockets(Watches watches, Limits limits) {
        this.watches = watches;
        this.limits = limits;
    }

    /**
     * Turns a request into a WebSocket and serves it. Completes when the connection has ended. Errs with a {@link Refusal}
     * when a page of another origin asks that the settings do not allow: browsers leave that to the server (RFC 6455, section
     * 10.2).
     *
     * @param database the database of what is watched
     */
    public Mono<Void> serve(ServerWebExchange exchange, String database) {
        if (!isOfThisHost(exchange.getRequest().getHeaders())
                && exchange.getResponse().getHeaders().getAccessControlAllowOrigin() == null) {
            return Mono.error(Refusal.of(
                    ProblemType.FORBIDDEN,
                    "pages of this origin may not watch; tributary.http.cors.allowed-origins names those that may"));
        }
        return handshake.handleRequest(exchange, session -> converse(session, database));
    }

    /** Whatever the scheme: a proxy may have taken TLS away. */
    private static boolean isOfThisHost(HttpHeaders headers) {
        String origin = headers.getOrigin();
        return origin == null
                || origin.replaceFirst("^https?://", "").equalsIgnoreCase(headers.getFirst(HttpHeaders.HOST));
    }

    private Mono<Void> converse(WebSocketSession session, String database) {
        AtomicReference<WatchSocket> socket = new AtomicReference<>();
        Flux<WebSocketMessage> said =
                Flux.push(messages -> socket.set(begun(session, messages)), OverflowStrategy.IGNORE);
        Mono<Void> all = session.send(said).then(session.close(CloseStatus.GOING_AWAY));
        Mono<Void> heard = session.receive()
                .doOnNext(message -> hear(socket.get(), message, database))
                .then();
        return Mono.firstWithSignal(all, heard);
    }

    private WatchSocket begun(WebSocketSession session, FluxSink<WebSocketMessage> messages) {
        var context = messages.contextView();
        var socket = new WatchSocket(watches, session, messages, ConnectionThread.of(context), Outflow.of(context));
        socket.begin();
        context.<Connection>getOrEmpty(Connection.class).ifPresent(connection -> {
            // The server's patience with a request that is not read to its end, which this never is.
            connection.removeHandler(NettyPipeline.ReadTimeoutHandler);
            connection.onReadIdle(SILENCE.toMillis(), socket::silent);
        });
        return socket;
    }

    private void hear(WatchSocket socket, WebSocketMessage message, String database) {
        try {
            take(socket, message, database);
        } catch (RuntimeException bug) {
            socket.fail(bug);
        }
    }

    private void take(WatchSocket socket, WebSocketMessage message, String database) {
        switch (message.getType()) {
            case TEXT -> {
                byte[] text = new byte[message.getPayload().readableByteCount()];
                message.getPayload().read(text);
                socket.hear(WatchMessageJson.read(database, text, limits));
            }
            case BINARY ->
                socket.hear(new WatchMessage.Faulty(
                        null, Problem.of(ProblemType.MALFORMED, "a message is text, not binary")));
            case PING, PONG -> socket.alive();
        }
    }
}
