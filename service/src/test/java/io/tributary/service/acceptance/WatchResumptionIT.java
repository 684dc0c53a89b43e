package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.service.acceptance.driver.WatchCall;
import io.tributary.service.acceptance.driver.WatchCall.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Watches that break and go on miss nothing and repeat nothing. With {@code -Dtributary.watch.writes=20000
 * -Dtributary.watch.breaks=100} as long as it was meant.
 */
@ExtendWith(SharedService.class)
class WatchResumptionIT {

    private static final int WRITES = Integer.getInteger("tributary.watch.writes", 2_000);
    private static final int BREAKS = Integer.getInteger("tributary.watch.breaks", 20);
    private static final long SEED = Long.getLong("tributary.watch.seed", System.nanoTime());
    private static final int DOCUMENTS = 40;
    private static final int BULK = 200;

    private final String collection = "resumed-" + UUID.randomUUID();
    private final Random random = new Random(SEED);

    @Test
    void seesEveryVersionOnceThoughItBreaksAtRandom(ServiceProcess service) {
        String token;
        try (WatchCall watch = service.watch(collection)) {
            token = watch.upTo("synced").getLast().id();
        }
        Map<String, List<Long>> seen = new HashMap<>();
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            CompletableFuture<Void> written = CompletableFuture.runAsync(() -> write(service), writer);
            for (int i = 0; i < BREAKS; i++) {
                int some = Math.min(random.nextInt(2 * WRITES / BREAKS), WRITES - count(seen));
                token = read(service, collection, token, some, seen);
            }
            written.join();
        }
        read(service, collection, token, WRITES - count(seen), seen);

        Map<String, List<Long>> wanted = new HashMap<>();
        for (int line = 0; line < WRITES; line++) {
            List<Long> versions = wanted.computeIfAbsent(name(line), document -> new ArrayList<>());
            versions.add(versions.size() + 1L);
        }
        assertThat(seen).as("seed %s", SEED).isEqualTo(wanted);
    }

    @Test
    void goesOnWhereItWasAfterARestart(ServiceProcess service) {
        String token;
        int writes = 1_500;
        try (Http http = service.http()) {
            http.put(collection + "/hot", "{}");
            try (WatchCall watch = service.watch(collection + "/hot")) {
                token = watch.upTo("synced").getLast().id();
            }
            http.bulk(IntStream.range(0, writes)
                    .mapToObj(line -> "{\"document\":\"%s/hot\",\"increment\":{\"n\":1}}".formatted(collection))
                    .toList());
        }
        service.restart();

        Map<String, List<Long>> seen = new HashMap<>();
        read(service, collection + "/hot", token, writes, seen);

        assertThat(seen)
                .isEqualTo(Map.of(
                        collection + "/hot",
                        IntStream.rangeClosed(2, writes + 1)
                                .asLongStream()
                                .boxed()
                                .toList()));
    }

    private static int count(Map<String, List<Long>> seen) {
        return seen.values().stream().mapToInt(List::size).sum();
    }

    private void write(ServiceProcess service) {
        try (Http http = service.http()) {
            for (int from = 0; from < WRITES; from += BULK) {
                http.bulk(IntStream.range(from, Math.min(WRITES, from + BULK))
                        .mapToObj(line ->
                                "{\"document\":\"%s\",\"increment\":{\"n\":1},\"upsert\":true}".formatted(name(line)))
                        .toList());
            }
        }
    }

    /** Documents of all lanes, some more often than others. */
    private String name(int line) {
        return collection + "/" + (line % 3 == 0 ? 0 : line % DOCUMENTS);
    }

    /** Reads changes, as many as that, and breaks the connection; the token of the last event. */
    private static String read(
            ServiceProcess service, String path, String from, int count, Map<String, List<Long>> seen) {
        String token = from;
        int read = 0;
        try (WatchCall watch = service.watch(path, "Last-Event-ID", from)) {
            while (read < count) {
                Event event = watch.next();
                if (event == null || event.type().equals("slow")) {
                    return event == null ? token : read(service, path, id(event, token), count - read, seen);
                }
                if (event.type().equals("change")) {
                    read++;
                    seen.computeIfAbsent(event.data().path("document").asString(), document -> new ArrayList<>())
                            .add(event.data().path("version").asLong());
                }
                token = id(event, token);
            }
        }
        return token;
    }

    private static String id(Event event, String before) {
        return event.id() == null ? before : event.id();
    }
}
