package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Database;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Clients that break their connections off while their writes are under way. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HangUpIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String INCREMENT = "{\"increment\":{\"n\":1},\"upsert\":true}";

    /** Rude clients, and how many requests each sends ahead before it leaves. */
    private static final int CLIENTS = 50;

    private static final int REQUESTS = 20;

    private static final int POLITE_WRITES = 1_000;

    @Test
    void harmNobodyAndLeakNoConnection(ServiceProcess service) {
        Database database = service.database();
        try (Http http = service.http();
                Topics topics = service.topics();
                Changelog changelog = topics.changesFromNow()) {
            CompletableFuture<Void> polite =
                    Callers.of(16).begin(POLITE_WRITES, number -> increment(http, "hang-up/polite-" + number % 16));
            Callers.of(10).call(CLIENTS, number -> writeAndHangUp(service.port()));
            polite.join();
            Callers.of(16).call(POLITE_WRITES, number -> increment(http, "hang-up/rude"));

            assertThat(database.connectionsForOnePurpose()).isEqualTo(1);
            int applied = http.data("hang-up/rude").get("n").asInt();
            assertThat(applied).isBetween(POLITE_WRITES, POLITE_WRITES + CLIENTS * REQUESTS);
            assertThat(http.get("hang-up/rude").json().get("version").asInt()).isEqualTo(applied);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(changelog.changesOf("hang-up/rude")).hasSize(applied));
            assertThat(changelog.changesOf("hang-up/polite")).hasSize(POLITE_WRITES);
            assertThat(service.output()).doesNotContain("LEAK");
        }
    }

    private static void increment(Http http, String document) {
        Http.Reply reply = http.patch(document, INCREMENT);
        assertThat(reply.status()).as("%s", reply).isIn(200, 201);
    }

    /** Sends requests without reading an answer, half of another one, and resets the connection. */
    private static void writeAndHangUp(int port) {
        String request = "PATCH /v1/documents/hang-up/rude HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + INCREMENT.length() + "\r\n\r\n" + INCREMENT;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoLinger(true, 0);
            String sent = request.repeat(REQUESTS - 1) + request.substring(0, request.length() - 5);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            // The first answer shows that the writes are under way.
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
