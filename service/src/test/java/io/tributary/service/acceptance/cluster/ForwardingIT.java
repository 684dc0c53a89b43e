package io.tributary.service.acceptance.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.fault.ExternalServers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Two instances share the lanes, and each serves all documents. */
class ForwardingIT {

    /** So many that each instance owns the lanes of some. */
    private static final int DOCUMENTS = 24;

    private static final Duration SHARED_OUT = Duration.ofMinutes(1);
    private static final String INCREMENT = "{\"increment\": {\"n\": 1}, \"upsert\": true}";

    private static ExternalServers servers;
    private static List<ServiceProcess> instances;
    private static List<Http> callers;

    private final String collection = "c" + UUID.randomUUID();

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException {
        servers = ExternalServers.start(directory);
        instances = Stream.of("one", "two")
                .map(name -> servers.service("forwarding-" + name)
                        .with("TRIBUTARY_INSTANCE", name)
                        .launch())
                .toList();
        instances.forEach(ServiceProcess::awaitReady);
        callers = instances.stream().map(ServiceProcess::http).toList();
        await("all lanes are shared out")
                .atMost(SHARED_OUT)
                .until(() -> owners(callers.getFirst()).equals(Set.of("one", "two")));
    }

    @AfterAll
    static void stop() throws IOException {
        callers.forEach(Http::close);
        instances.forEach(ServiceProcess::close);
        servers.close();
    }

    @Test
    void eachInstanceWritesEachDocument() {
        for (Http caller : callers) {
            documents()
                    .forEach(document -> assertThat(
                                    caller.patch(document, INCREMENT).status())
                            .isIn(200, 201));
        }

        assertThat(documents()
                        .map(document ->
                                callers.getFirst().data(document).get("n").asInt()))
                .containsOnly(2);
    }

    @Test
    void anOwnersAnswerIsGivenAsItIs() {
        for (Http caller : callers) {
            documents().forEach(document -> {
                Http.Reply reply = caller.patch(document, INCREMENT, "Prefer", "return=representation");
                assertThat(reply.json().get("data")).isEqualTo(caller.data(document));
                assertThat(reply.header("ETag"))
                        .contains("\"" + reply.json().get("version").asInt() + "\"");
            });
        }
    }

    @Test
    void anOwnersRefusalIsGivenAsItIs() {
        for (Http caller : callers) {
            documents().forEach(document -> {
                Http.Reply reply = caller.patch(document, "{\"increment\": {\"n\": 1}}");
                assertThat(reply.problem()).isEqualTo("not-found");
                assertThat(reply.json().get("document").asString()).isEqualTo(document);
            });
        }
    }

    @Test
    void aRepetitionIsRecognisedWhicheverInstanceItComesTo() {
        documents().forEach(document -> {
            List<Http.Reply> replies = callers.stream()
                    .map(caller -> caller.patch(document, INCREMENT, "Idempotency-Key", "once"))
                    .toList();
            assertThat(replies.getLast().body()).isEqualTo(replies.getFirst().body());
            assertThat(replies.getLast().header("Idempotency-Replayed")).contains("true");
        });
    }

    @Test
    void aBatchIsWholeWhoeverOwnsItsLanes() {
        String writes = documents()
                .map(document ->
                        "{\"document\": \"%s\", \"increment\": {\"n\": 1}, \"upsert\": true}".formatted(document))
                .collect(Collectors.joining(","));

        for (Http caller : callers) {
            Http.Reply reply = caller.postPath("/v1/batch", "{\"writes\": [" + writes + "]}");
            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            assertThat(reply.json().get("results").valueStream().map(result -> result.get("time")))
                    .containsOnly(reply.json().get("time"));
        }

        assertThat(documents()
                        .map(document ->
                                callers.getFirst().data(document).get("n").asInt()))
                .containsOnly(2);
    }

    @Test
    void writesFollowABatchThatAnotherInstanceCarriedOut() {
        for (int round = 0; round < 5; round++) {
            for (Http caller : callers) {
                aBatchAndWrites(caller);
            }
        }

        assertThat(documents()
                        .map(document ->
                                callers.getFirst().data(document).get("n").asInt()))
                .containsOnly(20);
    }

    private void aBatchAndWrites(Http caller) {
        String writes = documents()
                .map(document ->
                        "{\"document\": \"%s\", \"increment\": {\"n\": 1}, \"upsert\": true}".formatted(document))
                .collect(Collectors.joining(","));
        assertThat(caller.postPath("/v1/batch", "{\"writes\": [" + writes + "]}")
                        .status())
                .isEqualTo(200);
        documents()
                .forEach(document ->
                        assertThat(caller.patch(document, INCREMENT).status()).isEqualTo(200));
    }

    @Test
    void anUpdateByQueryReachesAllLanes() {
        documents().forEach(document -> callers.getFirst().patch(document, INCREMENT));

        for (Http caller : callers) {
            Http.Reply reply = caller.postPath(
                    "/v1/update-by-query",
                    "{\"collection\": \"%s\", \"where\": {}, \"all\": true, \"increment\": {\"n\": 1}}"
                            .formatted(collection),
                    "Prefer",
                    "wait=60");
            assertThat(reply.json().get("modified").asInt()).isEqualTo(DOCUMENTS);
        }
    }

    @Test
    void eachInstanceTellsWhoOwnsTheLanes() {
        List<List<String>> seen = callers.stream()
                .map(caller -> caller.getPath("/actuator/lanes").json())
                .map(report -> report.get("lanes")
                        .valueStream()
                        .map(lane -> lane.get("lane") + " " + lane.get("owner") + " " + lane.get("epoch"))
                        .toList())
                .toList();

        assertThat(seen.getFirst()).hasSize(16).isEqualTo(seen.getLast());
    }

    private Stream<String> documents() {
        return IntStream.range(0, DOCUMENTS).mapToObj(n -> collection + "/d" + n);
    }

    private static Set<String> owners(Http caller) {
        JsonNode lanes = caller.getPath("/actuator/lanes").json().get("lanes");
        return lanes.valueStream()
                .map(lane -> lane.get("owner").asString("nobody"))
                .collect(Collectors.toSet());
    }
}
