package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** What many watches cost, with {@code -Dtributary.watch.load=true}; its log tells. */
@EnabledIfSystemProperty(named = "tributary.watch.load", matches = "true")
class WatchLoadIT {

    private static final Logger log = LoggerFactory.getLogger(WatchLoadIT.class);
    private static final int IDLE = Integer.getInteger("tributary.watch.idle", 10_000);
    private static final int WATCHERS = Integer.getInteger("tributary.watch.watchers", 1_000);
    private static final int CHANGES_PER_SECOND = Integer.getInteger("tributary.watch.rate", 1_000);
    private static final int FANNED_OUT_PER_SECOND = Integer.getInteger("tributary.watch.fan-out", 10);
    private static final int SECONDS = Integer.getInteger("tributary.watch.seconds", 30);
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");
    private static final String HEAP = "1g";

    @Test
    void servesManyWatches(@TempDir Path data) {
        try (ServiceProcess service =
                        new ServiceProcess("watch-load", data).withHeap(HEAP).start();
                Http http = service.http()) {
            try (Watchers each = new Watchers(service)) {
                each.open(
                        IntStream.range(0, WATCHERS).mapToObj(n -> "each/" + n).toList());
                write(http, "each/", WATCHERS, CHANGES_PER_SECOND);
                each.report(WATCHERS + " watchers of a document each, " + CHANGES_PER_SECOND + " changes/s", http);
                assertThat(each.received()).isEqualTo(CHANGES_PER_SECOND * SECONDS);
            }
            try (Watchers all = new Watchers(service)) {
                all.open(Collections.nCopies(WATCHERS, "all"));
                write(http, "all/", 100, FANNED_OUT_PER_SECOND);
                all.report(WATCHERS + " watchers of one collection, " + FANNED_OUT_PER_SECOND + " changes/s", http);
                assertThat(all.received()).isEqualTo(FANNED_OUT_PER_SECOND * SECONDS * WATCHERS);
            }
            long before = used(service, http);
            try (Watchers idle = new Watchers(service)) {
                idle.open(IntStream.range(0, IDLE).mapToObj(n -> "idle/" + n).toList());
                long with = used(service, http);
                log.info("{} idle watches: {} bytes of heap each", IDLE, (with - before) / IDLE);
                write(http, "idle/", 100, CHANGES_PER_SECOND / 10);
                idle.report(IDLE + " idle watches, 100 of them changed " + CHANGES_PER_SECOND / 10 + " times/s", http);
                assertThat(idle.received()).isEqualTo(CHANGES_PER_SECOND / 10 * SECONDS);
            }
        }
    }

    /** Writes at a steady pace, a bulk each tenth of a second. */
    private static void write(Http http, String prefix, int documents, int perSecond) {
        int lines = perSecond / 10;
        AtomicInteger number = new AtomicInteger();
        Flux.interval(Duration.ofMillis(100))
                .onBackpressureBuffer()
                .take(10L * SECONDS)
                .doOnNext(tick -> http.bulk(IntStream.range(0, lines)
                        .mapToObj(line -> "{\"document\":\"%s%d\",\"increment\":{\"n\":1},\"upsert\":true}"
                                .formatted(prefix, number.getAndIncrement() % documents))
                        .toList()))
                .blockLast(LONG);
    }

    /** The heap that is in use once it was cleaned up, in bytes. */
    private static long used(ServiceProcess service, Http http) {
        service.cleanUpHeap();
        Matcher used = Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\"[^}]*} (\\S+)$")
                .matcher(http.getPath("/actuator/prometheus").body());
        double heap = 0;
        while (used.find()) {
            heap += Double.parseDouble(used.group(1));
        }
        return (long) heap;
    }

    private static final class Watchers implements AutoCloseable {

        private final ServiceProcess service;
        private final HttpClient client;
        private final Disposable.Composite connections = Disposables.composite();
        private final List<Long> delays = Collections.synchronizedList(new ArrayList<>());
        private final ConnectionProvider provider =
                ConnectionProvider.builder("watchers").maxConnections(100_000).build();

        private Watchers(ServiceProcess service) {
            this.service = service;
            client = HttpClient.create(provider).baseUrl("http://127.0.0.1:" + service.port() + "/v1/documents");
        }

        private void open(List<String> paths) {
            Instant begin = Instant.now();
            CountDownLatch open = new CountDownLatch(paths.size());
            for (String path : paths) {
                connections.add(client.headers(headers -> headers.set("Accept", "text/event-stream"))
                        .get()
                        .uri("/" + path)
                        .responseContent()
                        .asString(StandardCharsets.UTF_8)
                        .subscribe(new Lines(open)::read, fault -> log.error("a watch broke", fault)));
            }
            try {
                assertThat(open.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            log.info("{} watches opened in {}", paths.size(), Duration.between(begin, Instant.now()));
        }

        private int received() {
            return delays.size();
        }

        private void report(String what, Http http) {
            int before = -1;
            while (before != received()) {
                before = received();
                await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
            }
            List<Long> sorted = new ArrayList<>(delays);
            Collections.sort(sorted);
            log.info(
                    "{}: {} events, delivered within {} / {} / {} ms (p50, p99, p99.9) of the commit; {} MB of heap",
                    what,
                    sorted.size(),
                    at(sorted, 0.5),
                    at(sorted, 0.99),
                    at(sorted, 0.999),
                    used(service, http) / 1_000_000);
        }

        private static String at(List<Long> sorted, double share) {
            return "%.1f".formatted(sorted.get((int) ((sorted.size() - 1) * share)) / 1e3);
        }

        @Override
        public void close() {
            connections.dispose();
            provider.dispose();
        }

        private final class Lines {

            private final CountDownLatch open;
            private final StringBuilder text = new StringBuilder();
            private boolean synced;

            private Lines(CountDownLatch open) {
                this.open = open;
            }

            private void read(String part) {
                text.append(part);
                for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
                    event(text.substring(0, end));
                    text.delete(0, end + 2);
                }
            }

            private void event(String event) {
                if (event.startsWith("event: change")) {
                    Matcher time = TIME.matcher(event);
                    assertThat(time.find()).isTrue();
                    delays.add(Duration.between(Instant.parse(time.group(1)), Instant.now())
                                    .toNanos()
                            / 1_000);
                } else if (event.startsWith("event: synced") && !synced) {
                    synced = true;
                    open.countDown();
                }
            }
        }
    }
}
