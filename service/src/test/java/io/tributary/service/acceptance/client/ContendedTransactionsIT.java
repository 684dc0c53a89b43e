package io.tributary.service.acceptance.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.BatchOutcome;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.Attempts;
import io.tributary.client.TributaryClient;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Many callers who want the same documents at the same time. {@code -Dtributary.acceptance.increments=100} and {@code
 * -Dtributary.acceptance.crossing=30} (seconds) make it longer.
 */
@ExtendWith(SharedService.class)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ContendedTransactionsIT {

    private static final int INCREMENTS = Integer.getInteger("tributary.acceptance.increments", 2);
    private static final Duration CROSSING = Duration.ofSeconds(Integer.getInteger("tributary.acceptance.crossing", 2));
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int CLIENTS = 32;
    private static final String COUNTER = "contended/counter";

    /** So many callers lose a lot of races for one document. */
    private static final Attempts STUBBORN = Attempts.of(100).withPauses(Duration.ofMillis(20), Duration.ofSeconds(1));

    @Test
    void countsEachIncrementByReadAndWrite(ServiceProcess service) {
        AtomicInteger runs = new AtomicInteger();
        TributaryClient client = service.client().transactionAttempts(STUBBORN).build();
        client.document(COUNTER).create(Map.of("n", 0)).send().block(PATIENCE);

        Flux.range(0, CLIENTS)
                .flatMap(caller -> incremented(client, runs).repeat(INCREMENTS - 1), CLIENTS)
                .blockLast(PATIENCE);

        assertThat(client.document(COUNTER).get().block(PATIENCE).integer("n")).isEqualTo(CLIENTS * INCREMENTS);
        System.out.println(CLIENTS * INCREMENTS + " transactions of one document took " + runs + " runs");
    }

    private static Mono<Long> incremented(TributaryClient client, AtomicInteger runs) {
        return client.runTransaction(tx -> tx.get(COUNTER).map(counter -> {
            runs.incrementAndGet();
            long n = counter.integer("n") + 1;
            tx.update(COUNTER, u -> u.set("n", n));
            return n;
        }));
    }

    @Test
    void batchesThatCrossHinderNobody(ServiceProcess service) {
        TributaryClient client = service.client().build();
        AtomicInteger batches = new AtomicInteger();

        Flux.range(0, 2 * CLIENTS)
                .flatMap(
                        caller -> crossing(client, caller % 2 == 0)
                                .doOnNext(applied -> batches.incrementAndGet())
                                .repeat()
                                .take(CROSSING),
                        2 * CLIENTS)
                .blockLast(PATIENCE);

        List<Long> counted = client.getAll("crossing/one", "crossing/other").block(PATIENCE).stream()
                .map(document -> document.integer("n"))
                .toList();
        assertThat(counted.get(0)).isEqualTo(counted.get(1)).isGreaterThanOrEqualTo(batches.get());
        System.out.println(batches + " crossing batches in " + CROSSING);
    }

    private static Mono<BatchOutcome.Applied> crossing(TributaryClient client, boolean forth) {
        return Mono.defer(() -> {
            Write one = incremented(client, "crossing/one");
            Write other = incremented(client, "crossing/other");
            return forth ? client.batch(one, other) : client.batch(other, one);
        });
    }

    private static Write incremented(TributaryClient client, String path) {
        return client.document(path).update(u -> u.increment("n", 1).upsert()).write();
    }

    @Test
    void transactionsThatCrossEndInNothingButConflicts(ServiceProcess service) {
        TributaryClient client =
                service.client().transactionAttempts(Attempts.of(1)).build();
        AtomicInteger moved = new AtomicInteger();
        AtomicInteger conflicts = new AtomicInteger();
        Flux.just("crossed/one", "crossed/other")
                .concatMap(path -> client.document(path).create(Map.of("n", 0)).send())
                .blockLast(PATIENCE);

        Flux.range(0, 2 * CLIENTS)
                .flatMap(
                        caller -> moved(client, caller % 2 == 0)
                                .doOnNext(n -> moved.incrementAndGet())
                                .onErrorResume(
                                        failure -> failure instanceof ProblemException refused
                                                && refused.type() == ProblemType.CONFLICT,
                                        conflict -> Mono.fromRunnable(conflicts::incrementAndGet))
                                .repeat(INCREMENTS - 1),
                        2 * CLIENTS)
                .blockLast(PATIENCE);

        assertThat(moved.get() + conflicts.get()).isEqualTo(2 * CLIENTS * INCREMENTS);
        assertThat(client.getAll("crossed/one", "crossed/other").block(PATIENCE).stream()
                        .mapToLong(document -> document.integer("n"))
                        .sum())
                .isZero();
    }

    /** One more here is one less there. */
    private static Mono<Long> moved(TributaryClient client, boolean forth) {
        String from = forth ? "crossed/one" : "crossed/other";
        String to = forth ? "crossed/other" : "crossed/one";
        return client.runTransaction(tx -> tx.get(from)
                .flatMap(giving -> tx.get(to).map(taking -> {
                    tx.update(from, u -> u.set("n", giving.integer("n") - 1));
                    tx.update(to, u -> u.set("n", taking.integer("n") + 1));
                    return taking.integer("n") + 1;
                })));
    }
}
