package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.intake.LaneRule;
import io.tributary.name.DocumentName;
import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Callers of a cluster who write to a document of each lane without end, and know for how long a lane was not to be had. Each
 * asks another instance when one does not answer or has no certain answer.
 */
final class LaneProbes {

    private static final int LANES = 16;
    private static final Duration IN_THE_END = Duration.ofMinutes(2);
    private static final Duration BETWEEN_WRITES = Duration.ofMillis(100);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(20);

    private final Cluster cluster;
    private final List<Probe> probes;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private volatile boolean ended;

    private LaneProbes(Cluster cluster, String prefix) {
        this.cluster = cluster;
        this.probes = IntStream.range(0, LANES)
                .mapToObj(lane -> new Probe(documentOf(lane, prefix)))
                .toList();
    }

    /** @param prefix the collection of its documents, which nobody else writes to */
    static LaneProbes begin(Cluster cluster, String prefix) {
        LaneProbes probes = new LaneProbes(cluster, prefix);
        probes.running =
                Callers.of(LANES).begin(LANES, lane -> probes.probes.get(lane).write());
        probes.awaitAll();
        probes.longestPause();
        return probes;
    }

    private static String documentOf(int lane, String prefix) {
        return IntStream.range(0, 10_000)
                .mapToObj(number -> prefix + "/" + number)
                .filter(document -> LaneRule.laneOf(key(document), LANES) == lane)
                .findFirst()
                .orElseThrow();
    }

    private static byte[] key(String document) {
        return DocumentName.of(document).key().getBytes(StandardCharsets.UTF_8);
    }

    /** Waits until each lane has taken a write that was begun after this. */
    void awaitAll() {
        List<Integer> before = probes.stream().map(probe -> probe.acknowledged).toList();
        await().atMost(IN_THE_END)
                .until(() -> running.isDone()
                        || IntStream.range(0, LANES)
                                .allMatch(lane -> probes.get(lane).acknowledged > before.get(lane) + 1));
        assertThat(running).as("the callers").isNotCompletedExceptionally();
    }

    /** How long a lane took at most from one write to the next, since this was asked before. */
    Duration longestPause() {
        long longest = 0;
        for (Probe probe : probes) {
            longest = Math.max(longest, probe.longestNanos);
            probe.longestNanos = 0;
        }
        return Duration.ofNanos(longest).minus(BETWEEN_WRITES);
    }

    /** How many writes were acknowledged. */
    int acknowledged() {
        return probes.stream().mapToInt(probe -> probe.acknowledged).sum();
    }

    /** Ends the writing and checks that each was applied once and published. */
    void check(Changelog changelog) {
        ended = true;
        running.join();
        for (Probe probe : probes) {
            assertThat(cluster.http(0).data(probe.document).get("n").asInt())
                    .as(probe.document)
                    .isEqualTo(probe.acknowledged);
        }
        await().atMost(IN_THE_END).untilAsserted(() -> {
            for (Probe probe : probes) {
                assertThat(changelog.changesOf(probe.document))
                        .filteredOn(change -> change.document().equals(probe.document))
                        .hasSize(probe.acknowledged);
            }
        });
    }

    private final class Probe {

        private final String document;
        private volatile int acknowledged;
        private volatile long longestNanos;

        Probe(String document) {
            this.document = document;
        }

        void write() {
            long last = System.nanoTime();
            while (!ended) {
                untilApplied(acknowledged);
                acknowledged = acknowledged + 1;
                long now = System.nanoTime();
                longestNanos = Math.max(longestNanos, now - last);
                last = now;
                LockSupport.parkNanos(BETWEEN_WRITES.toNanos());
            }
        }

        private void untilApplied(int number) {
            for (int attempt = number; ; attempt++) {
                Http.Reply reply = attempt(cluster.impatient(attempt), "probe-" + number);
                if (reply != null && reply.status() < 300) {
                    return;
                }
                if (reply != null) {
                    assertThat(reply.status()).as("%s", reply).isIn(429, 503, 504);
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }

        private Http.@Nullable Reply attempt(Http http, String key) {
            try {
                return http.patch(document, CountedLoad.INCREMENT, "Idempotency-Key", key);
            } catch (UncheckedIOException noAnswer) {
                return null;
            }
        }
    }
}
