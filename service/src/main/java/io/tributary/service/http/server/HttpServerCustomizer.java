package io.tributary.service.http.server;

import io.tributary.service.start.RefusedStartException;
import java.net.InetAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.Shutdown;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import reactor.netty.http.server.HttpServer;

/** Applies the settings to the server, behind Spring Boot's own {@code server.*}. */
public final class HttpServerCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

    private static final Logger log = LoggerFactory.getLogger(HttpServerCustomizer.class);

    private final HttpSettings http;
    private final SecuritySettings security;

    public HttpServerCustomizer(HttpSettings http, SecuritySettings security) {
        this.http = http;
        this.security = security;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    /** @throws RefusedStartException when the service would listen to other machines without anybody having said so */
    @Override
    public void customize(NettyReactiveWebServerFactory factory) {
        InetAddress address = security.address("server.address", factory.getAddress());
        if (address == null || !address.isLoopbackAddress()) {
            log.warn(
                    "Authentication is off (tributary.security.mode=none): whoever reaches this service may read and change"
                            + " everything");
        }
        factory.setAddress(address);
        factory.setShutdown(Shutdown.GRACEFUL);
        factory.addServerCustomizers(this::limited);
    }

    private HttpServer limited(HttpServer server) {
        return server.httpRequestDecoder(decoder -> decoder.maxInitialLineLength(
                                (int) http.maxRequestLine().toBytes())
                        .maxHeaderSize((int) http.maxHeaders().toBytes()))
                .idleTimeout(http.idleTimeout())
                .readTimeout(http.readTimeout())
                .mapHandle((handled, connection) ->
                        ConnectionThread.told(InvalidTarget.answered(handled, connection), connection));
    }
}
