package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * One trigger counts purchases, another writes a log of them, and a third is fired by the log; meanwhile the service is
 * killed, and the database with it. {@code -Dtributary.acceptance.kills=10} makes it longer.
 */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class TriggerCrashIT {

    private static final int KILLS = Integer.getInteger("tributary.acceptance.kills", 1);
    private static final int PURCHASES = 200;
    private static final int PRODUCTS = 5;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);

    @Test
    void eachPurchaseHasEachOfItsEffectsOnce(@TempDir Path data) {
        try (ServiceProcess service = new ServiceProcess("triggers", data).start();
                Http http = service.http()) {
            products()
                    .forEach(product -> assertThat(http.put("products/" + product, "{\"sold\": 0}")
                                    .status())
                            .isEqualTo(201));
            save(
                    http,
                    "count",
                    "products",
                    "{'document': 'counts/${document.id}', 'increment': {'n': 1}, 'upsert': true}");
            save(
                    http,
                    "log",
                    "products",
                    "{'document': 'log/${document.id}-${after.sold}', 'create': {'sold': '${after.sold}'}}");
            save(http, "sum", "log", "{'document': 'sums/all', 'increment': {'n': '${after.sold}'}, 'upsert': true}");

            for (int kill = 1; kill <= KILLS; kill++) {
                buy(http, kill);
                service.killWithDatabase();
                service.start();
            }
            buy(http, KILLS + 1);

            int each = (KILLS + 1) * PURCHASES / PRODUCTS;
            await().atMost(IN_THE_END).untilAsserted(() -> {
                assertThat(products().map(product -> number(http, "counts/" + product)))
                        .containsOnly(each);
                assertThat(number(http, "sums/all")).isEqualTo(PRODUCTS * each * (each + 1) / 2);
            });
        }
    }

    private static void buy(Http http, int round) {
        Callers.of(8)
                .call(
                        PURCHASES,
                        n -> assertThat(Persistence.untilCertain(() -> http.patch(
                                                "products/p" + n % PRODUCTS,
                                                "{\"increment\": {\"sold\": 1}}",
                                                "Idempotency-Key",
                                                round + "-" + n))
                                        .status())
                                .isEqualTo(200));
    }

    private static void save(Http http, String name, String collection, String write) {
        String trigger = "{'collection': '%s', 'on': %s, 'do': {'writes': [%s]}}"
                .formatted(collection, collection.equals("log") ? "['create']" : "['update']", write);
        assertThat(http.putPath("/v1/triggers/" + name, trigger.replace('\'', '"'))
                        .status())
                .isEqualTo(201);
    }

    private static int number(Http http, String document) {
        JsonNode data = http.get(document).json().path("data");
        return data.path("n").asInt(0);
    }

    private static Stream<String> products() {
        return IntStream.range(0, PRODUCTS).mapToObj(n -> "p" + n);
    }
}
