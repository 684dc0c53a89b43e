package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Increments that are counted: calls with a key, which are repeated until they are certain; calls without, which are made
 * once; records.
 */
final class CountedLoad {

    static final String INCREMENT = "{\"increment\": {\"n\": 1}, \"upsert\": true}";

    private static final Duration IN_THE_END = Duration.ofMinutes(2);

    private final String prefix;
    private final Http http;
    private final Topics topics;
    private final int calls;
    private final int records;
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger applied = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    /** @param prefix the collection of its documents, which nobody else writes to */
    CountedLoad(String prefix, Http http, Topics topics, int calls, int records) {
        this.prefix = prefix;
        this.http = http;
        this.topics = topics;
        this.calls = calls;
        this.records = records;
    }

    /** Begins with the calls; completes when each has its answer. */
    CompletableFuture<Void> begin() {
        return Callers.of(24).begin(calls, number -> {
            if (number % 3 == 0) {
                callOnce();
            } else {
                Http.Reply reply = Persistence.untilCertain(
                        () -> http.patch(prefix + "/keyed-" + number % 7, INCREMENT, "Idempotency-Key", "k" + number));
                assertThat(reply.status()).as("%s", reply).isIn(200, 201);
            }
            answered.incrementAndGet();
        });
    }

    private void callOnce() {
        Http.Reply reply = Persistence.attempt(() -> http.patch(prefix + "/once", INCREMENT));
        if (reply == null || reply.status() == 504) {
            unknown.incrementAndGet();
        } else if (reply.status() < 300) {
            applied.incrementAndGet();
        } else {
            assertThat(reply.status()).as("%s", reply).isIn(429, 503);
        }
    }

    /** Sends the records; completes when the broker has them. */
    CompletableFuture<Void> sendRecords() {
        return Callers.of(4)
                .begin(records, number -> topics.send(Topics.update(prefix + "/record-" + number % 7, INCREMENT)));
    }

    /** How many calls are over. */
    int answered() {
        return answered.get();
    }

    /** Checks, once all is sent and answered, that each write was applied once and that each change was published. */
    void check(Changelog changelog) {
        await().atMost(IN_THE_END)
                .untilAsserted(() -> assertThat(counted("record-")).isEqualTo(records));
        int keyed = calls - (calls + 2) / 3;
        assertThat(counted("keyed-")).isEqualTo(keyed);
        int once = http.data(prefix + "/once").get("n").asInt();
        assertThat(once).isBetween(applied.get(), applied.get() + unknown.get());
        await().atMost(IN_THE_END)
                .untilAsserted(
                        () -> assertThat(changelog.changesOf(prefix + "/")).hasSize(records + keyed + once));
    }

    private int counted(String kind) {
        int counted = 0;
        for (int document = 0; document < 7; document++) {
            Http.Reply reply = http.get(prefix + "/" + kind + document);
            counted += reply.status() == 200 ? reply.json().get("data").get("n").asInt() : 0;
        }
        return counted;
    }
}
