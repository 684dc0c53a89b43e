package io.tributary.load.contender;

import io.tributary.load.generator.Answers;
import io.tributary.load.generator.Latencies;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.Traffic;
import io.tributary.load.measure.OwnCpu;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Increments all counters of a collection by one update by query, and waits for its end. */
final class UpdateJob implements LoadGenerator {

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int ENDED_ALREADY = 200;

    private final String origin;
    private final String update;

    UpdateJob(InetSocketAddress server, String collection) {
        this.origin = "http://%s:%d".formatted(server.getHostString(), server.getPort());
        this.update = "{\"collection\":\"" + collection + "\",\"where\":{},\"all\":true,\"increment\":{\"n\":1}}";
    }

    /** The traffic says nothing here: a job is as long as it is. */
    @Override
    public Load drive(Traffic traffic) {
        OwnCpu cpu = new OwnCpu();
        long begin = System.nanoTime();
        HttpAnswers.Answer begun = HttpAnswers.answer(HttpRequest.newBuilder(URI.create(origin + "/v1/update-by-query"))
                .header("Content-Type", "application/json")
                .header("Prefer", "wait=50")
                .POST(BodyPublishers.ofString(update)));
        JsonNode counts = begun.status() == ENDED_ALREADY ? read(begun.body()) : ended(begun.location());
        long modified = counts.path("modified").asLong();
        long failed = counts.path("failed").asLong();
        return new Load(
                Duration.ofNanos(System.nanoTime() - begin),
                new Answers(modified, failed, 0),
                Latencies.none(),
                cpu.spent());
    }

    private JsonNode ended(String job) {
        while (true) {
            JsonNode state = read(HttpAnswers.body(HttpRequest.newBuilder(URI.create(origin + job))));
            if (!state.path("state").asString().equals("running")) {
                return state;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
