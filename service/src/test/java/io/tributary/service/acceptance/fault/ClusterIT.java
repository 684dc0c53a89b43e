package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Three instances on one PostgreSQL and one Kafka, who lose one another under load. {@code
 * -Dtributary.acceptance.writes=100000} makes more writes, {@code -Dtributary.acceptance.kills=20} kills more often, {@code
 * -Dtributary.acceptance.killEvery=10} after so many seconds, whether or not the cluster is whole again; {@code
 * -Dtributary.acceptance.seed=…} repeats the writes of a run. What it measured, the log says.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ClusterIT {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterIT.class);
    private static final int WRITES = Integer.getInteger("tributary.acceptance.writes", 3_000);
    private static final int KILLS = Integer.getInteger("tributary.acceptance.kills", 1);
    private static final @Nullable Integer KILL_EVERY = Integer.getInteger("tributary.acceptance.killEvery");
    private static final long SEED = Long.getLong("tributary.acceptance.seed", System.nanoTime());
    private static final int PRODUCERS = 3;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);

    private ExternalServers servers;
    private Cluster cluster;
    private Topics topics;
    private List<Topics> producers;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        servers = ExternalServers.start(directory);
        cluster = Cluster.start(servers, "cluster", 3);
        topics = new Topics(servers.bootstrapServers());
        producers = Stream.generate(() -> new Topics(servers.bootstrapServers()))
                .limit(PRODUCERS)
                .toList();
    }

    @AfterAll
    void stop() throws IOException {
        topics.close();
        producers.forEach(Topics::close);
        cluster.close();
        servers.close();
    }

    @Test
    void losesAndDoublesNothingWhenInstancesAreKilled() {
        MixedLoad load = new MixedLoad(SEED, WRITES, Math.max(300, WRITES / 100), topics);
        try (Changelog changelog = topics.changesFromNow()) {
            LaneProbes probes = LaneProbes.begin(cluster, "killed");
            CompletableFuture<Void> all = CompletableFuture.allOf(
                    load.writeOverHttp(PRODUCERS * 64, cluster::http),
                    load.writeOverKafka(PRODUCERS * 16, number -> producers.get(number % PRODUCERS)));
            await().atMost(IN_THE_END).until(() -> load.answered() > WRITES / 20);

            int kills = 0;
            while (kills < KILLS || KILL_EVERY != null && !all.isDone()) {
                long killed = System.nanoTime();
                ServiceProcess victim = cluster.instance(kills++);
                victim.kill();
                if (KILL_EVERY == null) {
                    probes.awaitAll();
                    Duration pause = probes.longestPause();
                    victim.start();
                    probes.awaitAll();
                    LOG.info(
                            "kill {}: longest pause of a lane {}, at the return {}",
                            kills,
                            pause,
                            probes.longestPause());
                } else {
                    victim.launch();
                    await().atMost(IN_THE_END)
                            .until(() -> System.nanoTime() - killed > TimeUnit.SECONDS.toNanos(KILL_EVERY));
                }
            }

            all.join();
            cluster.awaitReady();
            probes.awaitAll();
            load.check(cluster.http(0));
            probes.check(changelog);
            LOG.info(
                    "{} kills, seed {}: of {} writes all decided once, {} answered over HTTP; {} probes; longest pause"
                            + " of a lane {}",
                    kills,
                    SEED,
                    WRITES,
                    load.acknowledged(),
                    probes.acknowledged(),
                    probes.longestPause());
        }
    }

    @Test
    void losesAndDoublesNothingWhenAnInstanceIsPausedPastItsSession() {
        try (Changelog changelog = topics.changesFromNow()) {
            LaneProbes probes = LaneProbes.begin(cluster, "paused");
            CountedLoad load = new CountedLoad("paused-load", cluster.http(0), topics, 600, 300);
            CompletableFuture<Void> all = CompletableFuture.allOf(load.begin(), load.sendRecords());

            cluster.instance(1).freeze();
            probes.awaitAll();
            Duration pause = probes.longestPause();
            cluster.instance(1).thaw();
            probes.awaitAll();
            await().atMost(IN_THE_END).until(cluster.http(1)::ready);

            all.join();
            probes.awaitAll();
            load.check(changelog);
            probes.check(changelog);
            LOG.info("a pause: longest pause of a lane {}, when it went on {}", pause, probes.longestPause());
        }
    }

    @Test
    void noCallerWhoRetriesFailsWhenInstancesAreRestarted() {
        try (Changelog changelog = topics.changesFromNow()) {
            LaneProbes probes = LaneProbes.begin(cluster, "restarted");
            AtomicInteger calls = new AtomicInteger();
            CompletableFuture<Void> restarts = CompletableFuture.runAsync(() -> {
                for (int instance = 0; instance < cluster.size(); instance++) {
                    cluster.instance(instance).restart();
                    probes.awaitAll();
                }
            });
            Callers.of(6).call(6, caller -> {
                while (!restarts.isDone()) {
                    int number = calls.getAndIncrement();
                    assertThat(retryingThrice(number))
                            .as("the status of call %s", number)
                            .isIn(200, 201);
                }
            });

            restarts.join();
            probes.check(changelog);
            await().atMost(IN_THE_END)
                    .untilAsserted(
                            () -> assertThat(changelog.changesOf("rolling/")).hasSize(calls.get()));
            LOG.info("restarts: {} calls, longest pause of a lane {}", calls, probes.longestPause());
        }
    }

    /** The status that a caller hears in the end who asks one instance after another, at most four times. */
    private int retryingThrice(int number) {
        int status = 0;
        for (int attempt = 0; attempt < 4; attempt++) {
            try {
                Http.Reply reply = cluster.http(number + attempt)
                        .patch("rolling/" + number % 100, CountedLoad.INCREMENT, "Idempotency-Key", "r" + number);
                status = reply.status();
            } catch (UncheckedIOException broken) {
                status = 0;
            }
            if (status != 0 && status < 429) {
                return status;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200L << attempt));
        }
        return status;
    }
}
