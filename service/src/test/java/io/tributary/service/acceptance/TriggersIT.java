package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(SharedService.class)
class TriggersIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final String BUY =
            "{\"increment\": {\"stock\": -1}, \"if\": {\"where\": {\"stock\": {\"gte\": 1}}}}";

    private final String products = "p" + UUID.randomUUID();
    private final String name = "t" + UUID.randomUUID();
    private final Http http;
    private final Topics topics;
    private final TopicReader rejections;

    TriggersIT(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
        rejections = topics.rejectionsFromNow();
    }

    @AfterEach
    void close() {
        http.deletePath("/v1/triggers/" + name);
        rejections.close();
        topics.close();
        http.close();
    }

    @Test
    void aPurchaseFilesOneRestockOrder() {
        http.put(products + "/lamp", "{\"stock\": 8}");
        save("{\"document\": \"orders/%s-${document.id}\", \"create\": {\"left\": \"${after.stock}\"}}"
                .formatted(products));

        Callers.of(4).call(8, n -> http.patch(products + "/lamp", BUY));

        JsonNode order = awaited("orders/" + products + "-lamp");
        assertThat(order.get("left").asInt()).isEqualTo(4);
        assertThat(http.data(products + "/lamp").get("stock").asInt()).isZero();
    }

    @Test
    void eachChangeCountsOnce() {
        http.put(products + "/lamp", "{\"stock\": 30}");
        save("{\"document\": \"counts/%s\", \"increment\": {\"n\": 1}, \"upsert\": true}".formatted(products));

        Callers.of(4).call(30, n -> http.patch(products + "/lamp", BUY));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(
                                http.data("counts/" + products).get("n").asInt())
                        .isEqualTo(5));
    }

    @Test
    void aWriteThatSaysSoFiresNothing() {
        http.put(products + "/lamp", "{\"stock\": 4}");
        save("{\"document\": \"counts/%s\", \"increment\": {\"n\": 1}, \"upsert\": true}".formatted(products));

        http.patch(products + "/lamp", "{\"increment\": {\"stock\": -1}, \"fireTriggers\": false}");
        http.patch(products + "/lamp", BUY);

        assertThat(awaited("counts/" + products).get("n").asInt()).isEqualTo(1);
    }

    @Test
    void triggersThatFireOneAnotherEndWithARejection() {
        http.put(products + "/lamp", "{\"stock\": 4}");
        save("{\"document\": \"%s/lamp\", \"increment\": {\"stock\": -1}}".formatted(products));

        http.patch(products + "/lamp", BUY);

        ConsumerRecord<?, ?> rejection = awaitedRejection();
        assertThat(TopicReader.header(rejection, "tributary-problem")).isEqualTo("trigger-loop");
        assertThat(http.data(products + "/lamp").get("stock").asInt()).isEqualTo(3 - 10);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(http.getPath("/v1/triggers/" + name)
                                .json()
                                .get("failures")
                                .get(0)
                                .get("problem")
                                .asString())
                        .isEqualTo("trigger-loop"));
    }

    private void save(String write) {
        Http.Reply reply = http.putPath("/v1/triggers/" + name, """
                {"collection": "%s", "on": ["update"], "where": {"stock": {"lt": 5}}, "changed": ["stock"],
                 "do": {"writes": [%s]}}
                """.formatted(products, write));
        assertThat(reply.status()).as("%s", reply).isEqualTo(201);
    }

    private JsonNode awaited(String document) {
        await().atMost(SOON).until(() -> http.get(document).status() == 200);
        return http.data(document);
    }

    private ConsumerRecord<?, ?> awaitedRejection() {
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> read = new ArrayList<>();
        await().atMost(SOON).until(() -> {
            read.addAll(rejections.read());
            return !read.isEmpty();
        });
        return read.getFirst();
    }
}
