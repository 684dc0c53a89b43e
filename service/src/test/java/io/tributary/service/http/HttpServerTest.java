package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.json.Limits;
import io.tributary.service.http.reply.ProblemHandler;
import io.tributary.service.http.server.HttpServerCustomizer;
import io.tributary.service.http.server.HttpSettings;
import io.tributary.service.http.server.SecuritySettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** The interface behind Spring's dispatcher and a real server, as far as the bytes on the connection matter. */
class HttpServerTest {

    private static final String PATH = "/v1/documents/products/p42";
    private static final int LIMIT = 1_000_000;

    private final Api api = new Api(Limits.DEFAULT.withRequestBytes(LIMIT));
    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private WebServer server;

    @EnableWebFlux
    static class WebFlux {}

    @BeforeEach
    void starts() {
        context.register(WebFlux.class);
        context.registerBean(WebFilter.class, () -> api.routes);
        context.registerBean(WebExceptionHandler.class, ProblemHandler::new);
        context.refresh();
        HttpHandler handler = WebHttpHandlerBuilder.applicationContext(context).build();
        NettyReactiveWebServerFactory factory = new NettyReactiveWebServerFactory(0);
        HttpSettings settings = new HttpSettings(
                DataSize.ofKilobytes(16),
                DataSize.ofKilobytes(16),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                new HttpSettings.Cors(List.of()));
        new HttpServerCustomizer(settings, new SecuritySettings(null)).customize(factory);
        server = factory.getWebServer(handler);
        server.start();
    }

    @AfterEach
    void stops() {
        server.stop();
        context.close();
    }

    @Test
    void writesAndReadsADocument() throws IOException {
        String written = answer(put(PATH, "{\"stock\":1}"));
        String read = answer(get(PATH));

        assertThat(written).startsWith("HTTP/1.1 201 ");
        assertThat(read).startsWith("HTTP/1.1 200 ").endsWith("\"data\":{\"stock\":1}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/documents/products/%zz|400|bad-path",
                "/v1/documents/products/%|400|bad-path",
                "/v1/documents/products/%4|400|bad-path",
                "/v1/documents/products/a^b|400|bad-path",
                "/v1/documents/products?where={\"stock\":1}|400|bad-value",
                "/v1/documents/products?where=%zz|400|bad-value",
                "/v1/documents/products/é|400|bad-path",
                "/v1/documents/products//|400|bad-path",
                "/v1/documents/products/p42;a=b|400|bad-path",
                "/v1/documents/products/a%2Fb|400|bad-path",
                "/nothing/here|404|not-found",
                "/v1/nothing|404|not-found",
            })
    void answersAUrlThatLeadsNowhereWithAProblem(String target, int status, String slug) throws IOException {
        String answer = answer(get(target));

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .containsIgnoringCase("content-type: application/problem+json")
                .contains("urn:tributary:problem:" + slug);
    }

    @Test
    void takesARequestLineOfNearly16KiB() throws IOException {
        String answer = answer(get("/v1/documents/products?fields=" + "a".repeat(1_000) + ",a".repeat(7_600)));

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void refusesARequestLineBeyond16KiB() throws IOException {
        String answer = answer(get("/v1/documents/products?fields=" + "a".repeat(17_000)));

        assertThat(answer).startsWith("HTTP/1.1 414 ");
    }

    @Test
    void answersHeadWithoutABody() throws IOException {
        api.store.put("products/p42", "{\"stock\":1}");

        String answer = answer("HEAD " + PATH + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");

        assertThat(answer).containsPattern("(?i)content-length: [1-9]").endsWith("\r\n\r\n");
    }

    @Test
    void stopsReadingABodyThatIsTooLargeAndHangsUp() throws IOException {
        try (Socket socket = new Socket(server.getPort())) {
            socket.send("PUT " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n");
            socket.send("124f80\r\n" + "x".repeat(LIMIT + 1));

            assertThat(socket.receive()).startsWith("HTTP/1.1 413 ").contains("request-too-large");
        }
    }

    @Test
    void keepsTheConnectionForTheNextRequest() throws IOException {
        try (Socket socket = new Socket(server.getPort())) {
            socket.send(put(PATH, "{}").replace("Connection: close\r\n", ""));
            assertThat(socket.receiveUntil("}")).startsWith("HTTP/1.1 201 ");

            socket.send(get(PATH));

            assertThat(socket.receive()).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void writesNothingForAClientThatHangsUpWithinItsBody() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = new Socket(server.getPort())) {
                socket.send("PUT " + PATH + i + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100\r\n\r\n{\"stock\":");
            }
        }

        assertThat(answer(put(PATH, "{}"))).startsWith("HTTP/1.1 201 ");
        assertThat(api.writes.taken()).hasSize(1);
    }

    @Test
    void harmsNobodyWhenAClientHangsUpBeforeItsAnswer() throws IOException {
        api.writes.beSilent();
        try (Socket socket = new Socket(server.getPort())) {
            socket.send(put(PATH, "{}"));
            await().until(() -> api.writes.taken().size() == 1);
        }
        api.writes.beTalkative();

        assertThat(answer(put("/v1/documents/products/p43", "{}"))).startsWith("HTTP/1.1 201 ");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(server.getPort())) {
            return socket.send(request).receive();
        }
    }

    private static String get(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    }

    private static String put(String target, String body) {
        return "PUT " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }
}
