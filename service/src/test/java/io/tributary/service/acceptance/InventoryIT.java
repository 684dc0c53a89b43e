package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The example in {@code docs/examples/inventory}; its page is tried in a browser by {@code try.mjs} there. */
@ExtendWith(SharedService.class)
class InventoryIT {

    private final Http http;

    InventoryIT(ServiceProcess service) {
        http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void itsPageIsServed() {
        Http.Reply page = http.getPath("/examples/inventory");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html");
        assertThat(page.body()).contains("<title>Inventory</title>");
    }

    @Test
    void ofTwoHundredBuyersFiftyGetOneOfFiftyPieces() {
        String desk = "inventory/" + UUID.randomUUID();
        http.put(desk, "{\"stock\": 50}");
        Map<Integer, Integer> statuses = new ConcurrentHashMap<>();

        Callers.of(64).call(200, buyer -> {
            Http.Reply reply = http.patch(
                    desk, "{\"increment\": {\"stock\": -1}, \"if\": {\"where\": {\"stock\": {\"gte\": 1}}}}");
            statuses.merge(reply.status(), 1, Integer::sum);
        });

        assertThat(statuses).isEqualTo(Map.of(200, 50, 412, 150));
        assertThat(http.data(desk).get("stock").asInt()).isZero();
    }
}
