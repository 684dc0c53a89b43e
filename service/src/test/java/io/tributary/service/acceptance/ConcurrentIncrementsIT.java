package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Changelog.Change;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.Topics;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Ten thousand increments of one document, from 64 connections at once. */
@ExtendWith(SharedService.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ConcurrentIncrementsIT {

    private static final int CONNECTIONS = 64;
    private static final int INCREMENTS = 10_000;
    private static final String COUNTER = "counters/of-all";

    private final Set<Long> answeredVersions = ConcurrentHashMap.newKeySet();
    private Http http;
    private Topics topics;
    private Changelog changelog;

    @BeforeAll
    void incrementAtOnce(ServiceProcess service) {
        http = service.http();
        topics = service.topics();
        changelog = topics.changesFromNow();
        assertThat(http.put(COUNTER, "{\"n\": 0}").status()).isEqualTo(201);
        Callers.of(CONNECTIONS).call(INCREMENTS, number -> {
            Http.Reply reply = http.patch(COUNTER, "{\"increment\": {\"n\": 1}}");
            assertThat(reply.status()).as("%s", reply).isEqualTo(200);
            answeredVersions.add(reply.json().get("version").asLong());
        });
    }

    @AfterAll
    void close() {
        changelog.close();
        topics.close();
        http.close();
    }

    @Test
    void allCount() {
        assertThat(http.data(COUNTER).get("n").asInt()).isEqualTo(INCREMENTS);
    }

    @Test
    void eachIsAVersionOfItsOwn() {
        assertThat(http.get(COUNTER).json().get("version").asInt()).isEqualTo(INCREMENTS + 1);
        assertThat(answeredVersions).hasSize(INCREMENTS);
    }

    @Test
    void eachIsOnTheChangelogOnceInVersionOrder() {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(changelog.changesOf(COUNTER)).hasSizeGreaterThan(INCREMENTS));

        assertThat(changelog.changesOf(COUNTER))
                .extracting(Change::version)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, INCREMENTS + 1).boxed().toList());
        assertThat(changelog.repetitions()).isZero();
    }
}
