package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code Prefer: respond-async}. */
@ExtendWith(SharedService.class)
class LaterWritesIT {

    private static final Duration SOON = Duration.ofMinutes(1);

    private final String document = "later/" + UUID.randomUUID();
    private final Http http;

    LaterWritesIT(ServiceProcess service) {
        http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void areAppliedOnceHoweverOftenTheyAreSent() {
        http.put(document, "{\"n\": 0}");

        for (int i = 0; i < 3; i++) {
            Http.Reply accepted = http.patch(
                    document, "{\"increment\": {\"n\": 1}}", "Prefer", "respond-async", "Idempotency-Key", "once");
            assertThat(accepted.status()).isEqualTo(202);
        }

        Http.Reply last = http.patch(document, "{\"increment\": {\"n\": 10}}", "Prefer", "respond-async");
        assertThat(outcome(last).json().get("changes").get("n").asInt()).isEqualTo(11);
    }

    @Test
    void tellTheirRefusalAtTheSameAddress() {
        Http.Reply accepted = http.patch(document, "{\"increment\": {\"n\": 1}}", "Prefer", "respond-async");

        assertThat(outcome(accepted).problem()).isEqualTo("not-found");
    }

    private Http.Reply outcome(Http.Reply accepted) {
        String location = accepted.header("Location").orElseThrow();
        return await().atMost(SOON)
                .until(
                        () -> http.getPath(location),
                        reply -> reply.header("Idempotency-Replayed").isPresent());
    }
}
