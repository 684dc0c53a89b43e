package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.WatchConnection;
import io.tributary.service.acceptance.driver.WatchConnection.Event;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many watches over one connection. */
@ExtendWith(SharedService.class)
class WatchSocketIT {

    private final String collection = "watched-" + UUID.randomUUID();
    private final ServiceProcess service;
    private final Http http;

    WatchSocketIT(ServiceProcess service) {
        this.service = service;
        this.http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    @Test
    void tellsEachWatchWhatItAskedFor() {
        put("a", "{\"stock\": 3}");
        try (WatchConnection connection = service.watches()) {
            connection.say(document("one", "a"));
            assertThat(connection.next(2)).hasToString("[one: snapshot " + collection + "/a@1, one: synced]");
            connection.say(
                    "{\"watch\":\"low\",\"collection\":\"" + collection + "\",\"where\":{\"stock\":{\"lt\":3}}}");
            assertThat(connection.next()).hasToString("low: synced");

            http.patch(collection + "/a", "{\"increment\": {\"stock\": -1}}", "Idempotency-Key", "mine");
            List<Event> events = connection.next(2);
            assertThat(events)
                    .extracting(Event::toString)
                    .containsExactlyInAnyOrder(
                            "one: change " + collection + "/a@2", "low: enter " + collection + "/a@2");
            assertThat(events)
                    .extracting(event -> event.data().path("id").asString())
                    .as("its own echo")
                    .containsOnly("mine");
        }
    }

    @Test
    void serves500WatchesOnOneConnection() {
        try (WatchConnection connection = service.watches()) {
            IntStream.range(0, 500).forEach(n -> connection.say(document("w" + n, "d" + n)));
            assertThat(connection.next(500))
                    .extracting(Event::toString)
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 500)
                            .mapToObj(n -> "w" + n + ": synced")
                            .toList());
            put("d321", "{}");
            assertThat(connection.next()).hasToString("w321: change " + collection + "/d321@1");
        }
    }

    @Test
    void endsAWatchWhoseNameIsFreeThen() {
        try (WatchConnection connection = service.watches()) {
            connection.say(document("x", "a"));
            connection.next();
            connection.say("{\"unwatch\":\"x\"}");
            assertThat(connection.next()).hasToString("x: end");
            put("a", "{}");
            put("b", "{}");
            connection.say(document("x", "b"));
            assertThat(connection.next(2)).hasToString("[x: snapshot " + collection + "/b@1, x: synced]");
        }
    }

    @Test
    void goesOnBehindTheLastEvent() {
        String last;
        try (WatchConnection connection = service.watches()) {
            connection.say(document("x", "a"));
            last = connection.next().id();
        }
        put("a", "{}");
        put("a", "{\"n\": 1}");
        try (WatchConnection connection = service.watches()) {
            connection.say("{\"watch\":\"x\",\"document\":\"" + collection + "/a\",\"lastEventId\":\"" + last + "\"}");
            assertThat(connection.next(3))
                    .as("the second may still be on its way when all before is told")
                    .extracting(Event::toString)
                    .containsExactlyInAnyOrder(
                            "x: change " + collection + "/a@1", "x: change " + collection + "/a@2", "x: synced");
        }
    }

    @Test
    void endsAWatchWhoseReaderIsTooSlowAndGoesOnWithTheOthers() {
        int writes = 300;
        String data = "{\"n\": %d, \"padding\": \"" + "x".repeat(64 << 10) + "\"}";
        List<Event> read = new ArrayList<>();
        try (WatchConnection connection = service.watches()) {
            connection.say(document("large", "large"));
            connection.say(document("small", "small"));
            connection.next(2);
            for (int n = 1; n <= writes; n++) {
                put("large", data.formatted(n));
            }
            put("small", "{}");

            read.addAll(connection.upTo(event -> event.toString().equals("large: end")));
            if (read.stream().noneMatch(event -> event.watch().equals("small"))) {
                read.add(connection.next());
            }
            assertThat(read)
                    .filteredOn(event -> event.watch().equals("small"))
                    .as("goes on")
                    .hasToString("[small: change " + collection + "/small@1]");
            Event slow = read.stream()
                    .filter(event -> event.type().equals("slow"))
                    .findFirst()
                    .orElseThrow();
            connection.say("{\"watch\":\"again\",\"document\":\"" + collection + "/large\",\"lastEventId\":\""
                    + slow.id() + "\"}");
            read.addAll(connection.upTo(event -> event.toString().equals("again: synced")));
        }
        assertThat(read.stream()
                        .filter(event ->
                                event.type().equals("change") && !event.watch().equals("small")))
                .extracting(event -> event.data().path("version").asInt())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, writes).boxed().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "nonsense                                               |   | malformed      |",
                "{'watch':'x','collecton':'c'}                          | x | unknown-member | /collecton",
                "{'collecton':'c','watch':'x'}                          |   | unknown-member | /collecton",
                "{'watch':'x'}                                          | x | bad-value      |",
                "{'watch':'x','document':'c'}                           | x | bad-path       | /document",
                "{'watch':'x','collection':'c','where':{'a':{'less':1}}} | x | unknown-member | /where/a/less",
                "{'watch':'x','document':'c/d','lastEventId':'no'}      | x | bad-value      |",
                "{'watch':'x','collection':'c','where':{'@createdAt':1}} | x | bad-value     |"
            })
    void saysWhatIsWrongWithAMessageAndGoesOn(String message, String watch, String problem, String pointer) {
        try (WatchConnection connection = service.watches()) {
            connection.say(message.replace('\'', '"'));
            Event answer = connection.next();
            assertThat(answer.type()).isEqualTo("problem");
            assertThat(answer.watch()).isEqualTo(watch == null ? "" : watch);
            assertThat(answer.data().path("type").asString()).endsWith(":" + problem);
            assertThat(answer.data().path("pointer").asString("")).isEqualTo(pointer == null ? "" : pointer);
            if (watch != null) {
                assertThat(connection.next()).hasToString("x: end");
            }
            connection.say(document("x", "a"));
            assertThat(connection.next()).hasToString("x: synced");
        }
    }

    @Test
    void leavesAWatchAloneWhenItsNameIsGivenToAnother() {
        try (WatchConnection connection = service.watches()) {
            connection.say(document("x", "a")).say(document("x", "b"));
            assertThat(connection.next(2))
                    .extracting(Event::toString)
                    .containsExactlyInAnyOrder("x: synced", ": problem");
            put("b", "{}");
            put("a", "{}");
            assertThat(connection.next()).hasToString("x: change " + collection + "/a@1");
        }
    }

    @Test
    void refusesPagesOfOtherOrigins() {
        assertThatThrownBy(() -> service.watches("Origin", "https://evil.example"))
                .hasCauseInstanceOf(WebSocketHandshakeException.class)
                .extracting(e -> ((WebSocketHandshakeException) e.getCause())
                        .getResponse()
                        .statusCode())
                .isEqualTo(403);
        service.watches("Origin", "http://127.0.0.1:" + service.port()).close();
    }

    @Test
    void tellsWhoSpeaksHttpThatItIsAWebSocket() {
        Http.Reply reply = http.getPath("/v1/watch");
        assertThat(reply.status()).isEqualTo(426);
        assertThat(reply.header("Upgrade")).contains("websocket");
        assertThat(reply.json().path("type").asString()).endsWith(":upgrade-required");
    }

    private String document(String watch, String id) {
        return "{\"watch\":\"" + watch + "\",\"document\":\"" + collection + "/" + id + "\"}";
    }

    private void put(String id, String data) {
        Http.Reply reply = http.put(collection + "/" + id, data);
        assertThat(reply.status()).as("%s", reply).isIn(200, 201);
    }
}
