package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.WatchCall;
import io.tributary.service.acceptance.driver.WatchCall.Event;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watches over real connections. */
@ExtendWith(SharedService.class)
class WatchIT {

    private final String collection = "watched-" + UUID.randomUUID();
    private final ServiceProcess service;
    private final Http http;

    WatchIT(ServiceProcess service) {
        this.service = service;
        this.http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void tellsADocumentAndItsChanges() {
        put(collection + "/lamp", "{\"stock\": 3}");
        try (WatchCall watch = service.watch(collection + "/lamp")) {
            List<Event> before = watch.upTo("synced");
            assertThat(before).hasToString("[snapshot " + collection + "/lamp@1, synced]");
            assertThat(before.getFirst().data().path("data").path("stock").asInt())
                    .isEqualTo(3);

            http.patch(collection + "/lamp", "{\"increment\": {\"stock\": -1}}", "Idempotency-Key", "mine");
            Event change = watch.next();
            assertThat(change).hasToString("change " + collection + "/lamp@2");
            assertThat(change.data().path("id").asString()).as("its own echo").isEqualTo("mine");
            assertThat(change.data().path("after").path("stock").asInt()).isEqualTo(2);

            http.delete(collection + "/lamp");
            assertThat(watch.next().data().path("kind").asString()).isEqualTo("delete");
        }
    }

    @Test
    void goesOnBehindTheLastEvent() {
        String last;
        try (WatchCall watch = service.watch(collection)) {
            last = watch.upTo("synced").getLast().id();
        }
        put(collection + "/a", "{}");
        put(collection + "/b", "{}");

        try (WatchCall watch = service.watch(collection, "Last-Event-ID", last)) {
            assertThat(watch.next(3))
                    .as("b may still be on its way when all before is told")
                    .extracting(Event::toString)
                    .containsExactlyInAnyOrder(
                            "change " + collection + "/a@1", "change " + collection + "/b@1", "synced");
        }
        try (WatchCall watch = service.watch(collection + "?lastEventId=" + last)) {
            assertThat(watch.upTo("synced")).hasSize(3);
        }
    }

    @Test
    void tellsWhoEntersAndLeavesAFilter() {
        put(collection + "/a", "{\"stock\": 3}");
        put(collection + "/b", "{\"stock\": 0}");
        try (WatchCall watch = service.watch(collection + "?where=" + encoded("{\"stock\":{\"gt\":0}}"))) {
            assertThat(watch.upTo("synced")).hasToString("[snapshot " + collection + "/a@1, synced]");

            http.patch(collection + "/a", "{\"increment\": {\"stock\": -1}}");
            assertThat(watch.next()).hasToString("change " + collection + "/a@2");
            http.patch(collection + "/a", "{\"set\": {\"stock\": 0}}");
            assertThat(watch.next()).hasToString("leave " + collection + "/a@3");
            http.patch(collection + "/b", "{\"set\": {\"stock\": 5}}");
            assertThat(watch.next()).hasToString("enter " + collection + "/b@2");
        }
    }

    @Test
    void givesTheChangesOfABatchTogether() {
        try (WatchCall watch = service.watch(collection)) {
            watch.upTo("synced");
            for (int round = 0; round < 20; round++) {
                StringBuilder writes = new StringBuilder();
                for (int document = 0; document < 10; document++) {
                    writes.append(document == 0 ? "" : ",")
                            .append("{\"document\":\"%s/%d\",\"increment\":{\"n\":1},\"upsert\":true}"
                                    .formatted(collection, document));
                }
                http.postPath("/v1/batch", "{\"writes\":[" + writes + "]}");
            }

            for (int version = 1; version <= 20; version++) {
                List<Event> batch = watch.upTo("synced");
                assertThat(batch).hasSize(11);
                assertThat(batch.subList(0, 10))
                        .extracting(event -> event.data().path("version").asInt())
                        .containsOnly(version);
            }
        }
    }

    @Test
    void endsASlowReaderWhoGoesOnWhereItStopped() {
        int writes = 300;
        String data = "{\"n\": %d, \"padding\": \"" + "x".repeat(64 << 10) + "\"}";
        List<Event> read = new ArrayList<>();
        try (WatchCall slow = service.watch(collection + "/large");
                WatchCall other = service.watch(collection + "/small")) {
            other.upTo("synced");
            slow.upTo("synced");
            for (int n = 1; n <= writes; n++) {
                put(collection + "/large", data.formatted(n));
            }
            put(collection + "/small", "{}");
            assertThat(other.next()).as("nobody else is slower").hasToString("change " + collection + "/small@1");

            read.addAll(slow.upTo("slow"));
            assertThat(slow.next()).isNull();
        }
        assertThat(read).hasSizeLessThan(writes);
        try (WatchCall again = service.watch(
                collection + "/large",
                "Last-Event-ID",
                String.valueOf(read.getLast().id()))) {
            read.addAll(again.upTo("synced"));
        }

        assertThat(read.stream().filter(event -> event.type().equals("change")))
                .extracting(event -> event.data().path("version").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, writes).boxed().toList());
    }

    @Test
    void tellsLargeIntegersAsStringsWhenAsked() {
        put(collection + "/a", "{\"n\": 9007199254740993}");
        try (WatchCall watch = service.watch(collection + "/a?integers=string")) {
            assertThat(watch.next()
                            .data()
                            .path("data")
                            .path("n")
                            .path("@integer")
                            .asString())
                    .isEqualTo("9007199254740993");
            watch.next();
            http.patch(collection + "/a", "{\"increment\": {\"n\": 2}}");
            assertThat(watch.next()
                            .data()
                            .path("after")
                            .path("n")
                            .path("@integer")
                            .asString())
                    .isEqualTo("9007199254740995");
        }
    }

    private void put(String document, String data) {
        Http.Reply reply = http.put(document, data);
        assertThat(reply.status()).as("%s", reply).isIn(200, 201);
    }

    private static String encoded(String where) {
        return URLEncoder.encode(where, StandardCharsets.UTF_8);
    }
}
