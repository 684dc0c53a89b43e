package io.tributary.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.test.StepVerifier;

/** How calls travel, against a real server. */
class JdkTransportTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void givesOutAStreamAsItComes() {
        CountDownLatch read = new CountDownLatch(1);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("first".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                read.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            exchange.getResponseBody().write("second".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });

        StepVerifier.create(transport("").stream(Call.get("/")).map(part -> new String(part, StandardCharsets.UTF_8)))
                .expectNext("first")
                .then(read::countDown)
                .expectNext("second")
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void tellsWhyThereIsNoStream() {
        server.createContext("/", exchange -> answer(exchange, 400, "nonsense"));

        StepVerifier.create(transport("").stream(Call.get("/")))
                .expectErrorSatisfies(failure -> {
                    Reply reply = ((UnsuccessfulReply) failure).reply();
                    assertThat(reply.status()).isEqualTo(400);
                    assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("nonsense");
                })
                .verify(PATIENCE);
    }

    @Test
    void carriesTheCallAndItsReply() {
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body + " "
                    + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            exchange.getResponseHeaders().add("Retry-After", "3");
            answer(exchange, 429, "busy");
        });

        Reply reply = transport("/tributary/")
                .exchange(Call.patch("/v1/documents/a%20b/c", "{}".getBytes(StandardCharsets.UTF_8))
                        .withKey("k1"))
                .block(PATIENCE);

        assertThat(seen).containsExactly("PATCH /tributary/v1/documents/a%20b/c {} k1");
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.pause()).isEqualTo(Duration.ofSeconds(3));
        assertThat(reply.body()).asString().isEqualTo("busy");
    }

    @Test
    void errsWhenNobodyListens() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }

        StepVerifier.create(new JdkTransport(client, URI.create("http://127.0.0.1:" + port)).exchange(Call.get("/")))
                .expectError(IOException.class)
                .verify(PATIENCE);
    }

    @Test
    void givesACallUpWithoutAWord() {
        CountDownLatch never = new CountDownLatch(1);
        List<Throwable> dropped = new CopyOnWriteArrayList<>();
        Hooks.onErrorDropped(dropped::add);
        server.createContext("/", exchange -> {
            try {
                never.await();
            } catch (InterruptedException stopped) {
                exchange.close();
            }
        });

        StepVerifier.create(transport("").exchange(Call.get("/")))
                .expectSubscription()
                .thenCancel()
                .verify(PATIENCE);

        Hooks.resetOnErrorDropped();
        assertThat(dropped).isEmpty();
    }

    @Test
    void carriesHundredsOfCallsAtOnce() {
        int calls = 200;
        CountDownLatch together = new CountDownLatch(calls);
        server.createContext("/", exchange -> {
            together.countDown();
            try {
                answer(exchange, together.await(20, TimeUnit.SECONDS) ? 200 : 500, "");
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        });

        StepVerifier.create(Flux.range(0, calls)
                        .flatMap(number -> transport("").exchange(Call.get("/")), calls)
                        .filter(reply -> reply.status() == 200))
                .expectNextCount(calls)
                .expectComplete()
                .verify(PATIENCE);
    }

    private JdkTransport transport(String path) {
        return new JdkTransport(
                client, URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
