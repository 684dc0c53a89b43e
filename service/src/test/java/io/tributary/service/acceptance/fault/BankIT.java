package io.tributary.service.acceptance.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.client.Attempts;
import io.tributary.client.TributaryClient;
import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Changelog;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.TopicReader;
import io.tributary.service.acceptance.driver.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/**
 * Money is moved between accounts of all lanes in atomic batches over HTTP, in transactions of the client and in batches over
 * Kafka, in turn, while the service is killed and started again and somebody counts all the money.
 * {@code -Dtributary.acceptance.transfers=20000} makes it longer.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class BankIT {

    private static final int TRANSFERS = Integer.getInteger("tributary.acceptance.transfers", 4_000);
    private static final long SEED = Long.getLong("tributary.acceptance.seed", System.nanoTime());
    private static final int ACCOUNTS = 200;
    private static final int DEPOSIT = 100;
    private static final Duration IN_THE_END = Duration.ofMinutes(3);

    private final List<Transfer> transfers = transfers();
    private final AtomicInteger answered = new AtomicInteger();

    private record Transfer(int number, int from, int to, int amount) {

        String source() {
            return "accounts/" + from;
        }

        String target() {
            return "accounts/" + to;
        }

        /** One in three comes over Kafka. */
        boolean isRecord() {
            return number % 3 == 2;
        }

        ProducerRecord<byte[], byte[]> record() {
            ProducerRecord<byte[], byte[]> record = Topics.update(source(), batch());
            record.headers().add("tributary-id", Topics.bytes("transfer-" + number));
            return record;
        }

        String batch() {
            return """
                    {"writes": [
                      {"document": "accounts/%d", "increment": {"balance": %d}, "if": {"where": {"balance": {"gte": %d}}}},
                      {"document": "accounts/%d", "increment": {"balance": %d}}]}
                    """.formatted(from, -amount, amount, to, amount);
        }
    }

    @Test
    void noMoneyIsLostOrMade(@TempDir Path data) {
        System.out.println("seed " + SEED);
        try (ServiceProcess service = new ServiceProcess("bank", data).start();
                Http http = service.http();
                Topics topics = service.topics()) {
            IntStream.range(0, ACCOUNTS)
                    .forEach(account -> http.put("accounts/" + account, "{\"balance\": " + DEPOSIT + "}"));
            CompletableFuture<Void> moving = move(http, patient(service), topics);
            CompletableFuture<Void> counting = Callers.of(1).begin(100, number -> count(http));
            await().atMost(IN_THE_END).until(() -> answered.get() > TRANSFERS / 2);

            service.kill();
            service.start();

            moving.join();
            counting.join();
            try (Changelog changelog = topics.allChanges();
                    TopicReader rejections = topics.allRejections()) {
                awaitRecords(changelog, rejections);
                Map<String, Long> balances = count(http);
                await().atMost(IN_THE_END)
                        .untilAsserted(() -> assertThat(replayed(changelog)).isEqualTo(balances));
                checkWhole(changelog);
            }
        }
    }

    private static List<Transfer> transfers() {
        Random random = new Random(SEED);
        return IntStream.range(0, TRANSFERS)
                .mapToObj(number -> {
                    int from = random.nextInt(ACCOUNTS);
                    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
                    return new Transfer(number, from, to, 1 + random.nextInt(DEPOSIT));
                })
                .toList();
    }

    /** A client that outlasts the service's death, and many others who want the same accounts. */
    private static TributaryClient patient(ServiceProcess service) {
        Attempts many = Attempts.of(2_000).withPauses(Duration.ofMillis(20), Duration.ofMillis(500));
        return service.client().attempts(many).transactionAttempts(many).build();
    }

    private CompletableFuture<Void> move(Http http, TributaryClient client, Topics topics) {
        return Callers.of(32).begin(TRANSFERS, number -> {
            Transfer transfer = transfers.get(number);
            if (transfer.isRecord()) {
                topics.sendLater(transfer.record()).join();
            } else if (number % 3 == 0) {
                moveByBatch(http, transfer);
            } else {
                moveByTransaction(client, transfer).block(IN_THE_END);
            }
            answered.incrementAndGet();
        });
    }

    private static void moveByBatch(Http http, Transfer transfer) {
        Http.Reply reply = Persistence.untilCertain(
                () -> http.postPath("/v1/batch", transfer.batch(), "Idempotency-Key", "transfer-" + transfer.number()));
        assertThat(reply.status()).as("%s: %s", transfer, reply).isIn(200, 412);
    }

    private static Mono<Boolean> moveByTransaction(TributaryClient client, Transfer transfer) {
        return client.runTransaction(tx -> tx.getAll(transfer.source(), transfer.target())
                .map(accounts -> {
                    long given = accounts.get(0).integer("balance") - transfer.amount();
                    long taken = accounts.get(1).integer("balance") + transfer.amount();
                    if (given < 0) {
                        return false;
                    }
                    tx.update(transfer.source(), u -> u.set("balance", given));
                    tx.update(transfer.target(), u -> u.set("balance", taken));
                    return true;
                }));
    }

    /** Waits until each record is applied or rejected. */
    private void awaitRecords(Changelog changelog, TopicReader rejections) {
        Set<String> rejected = new HashSet<>();
        long records = transfers.stream().filter(Transfer::isRecord).count();
        await().atMost(IN_THE_END).untilAsserted(() -> {
            rejections.read().forEach(rejection -> rejected.add(TopicReader.header(rejection, "tributary-source")));
            long applied = changelog.changes().stream()
                    .map(change -> change.json().at("/batch/id").asString(""))
                    .filter(id -> id.startsWith("transfer-") && isOfARecord(id))
                    .distinct()
                    .count();
            assertThat(applied + rejected.size()).isEqualTo(records);
        });
    }

    private boolean isOfARecord(String id) {
        return transfers
                .get(Integer.parseInt(id.substring("transfer-".length())))
                .isRecord();
    }

    /** All balances as they were at one time, which come to what was paid in. */
    private static Map<String, Long> count(Http http) {
        String names = IntStream.range(0, ACCOUNTS)
                .mapToObj(account -> "\"accounts/" + account + "\"")
                .collect(Collectors.joining(","));
        JsonNode read = Persistence.untilCertain(() -> http.postPath("/v1/read", "{\"documents\": [" + names + "]}"))
                .json();
        Map<String, Long> balances = new HashMap<>();
        read.get("documents")
                .forEach(document -> balances.put(
                        document.get("document").asString(),
                        document.at("/data/balance").asLong()));
        assertThat(balances).hasSize(ACCOUNTS);
        assertThat(balances.values()).allMatch(balance -> balance >= 0);
        assertThat(balances.values().stream().mapToLong(balance -> balance).sum())
                .isEqualTo(ACCOUNTS * DEPOSIT);
        return balances;
    }

    private static Map<String, Long> replayed(Changelog changelog) {
        Map<String, Long> balances = new HashMap<>();
        changelog
                .changes()
                .forEach(change -> balances.put(
                        change.document(), change.after().get("balance").asLong()));
        return balances;
    }

    /** Each batch has both of its changes in the changelog, or none. */
    private static void checkWhole(Changelog changelog) {
        Map<String, Long> sizes = changelog.changes().stream()
                .filter(change -> change.json().has("batch"))
                .collect(Collectors.groupingBy(
                        change -> change.json().at("/batch/id").asString(), Collectors.counting()));
        assertThat(sizes).isNotEmpty();
        assertThat(sizes.values()).containsOnly(2L);
    }
}
