package io.tributary.service.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.acceptance.driver.Callers;
import io.tributary.service.acceptance.driver.Http;
import io.tributary.service.acceptance.driver.ServiceProcess;
import io.tributary.service.acceptance.driver.SharedService;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Writes at and just beyond the limits, among others that do nothing special and share their batches. */
@ExtendWith(SharedService.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadNeighboursIT {

    private static final int ROUNDS = 30;
    private static final int CONNECTIONS = 48;
    private static final int DOCUMENT_BYTES = 1 << 20;

    /** {@code {"text":""}}. */
    private static final int AROUND_THE_TEXT = 11;

    private final Http http;

    BadNeighboursIT(ServiceProcess service) {
        http = service.http();
    }

    @AfterEach
    void close() {
        http.close();
    }

    /** A write that is not like others, and how it is answered. */
    private record Odd(String document, String data, int status) {}

    @Test
    void failNobodyElse() {
        List<Odd> odd = oddWrites();
        int inARound = odd.size() * 8;

        Callers.of(CONNECTIONS).call(ROUNDS * inARound, number -> {
            if (number % 8 == 0) {
                Odd write = odd.get(number / 8 % odd.size());
                Http.Reply reply = http.put(write.document(), write.data());
                assertThat(reply.status())
                        .as("%s %s", shortened(write.document()), shortened(reply.toString()))
                        .isIn(write.status(), write.status() == 201 ? 200 : write.status());
            } else {
                Http.Reply reply =
                        http.patch("neighbours/" + number % 7, "{\"increment\": {\"n\": 1}, \"upsert\": true}");
                assertThat(reply.status()).as("%s", reply).isIn(200, 201);
            }
        });

        int counted = 0;
        for (int neighbour = 0; neighbour < 7; neighbour++) {
            counted += http.data("neighbours/" + neighbour).get("n").asInt();
        }
        assertThat(counted).isEqualTo(ROUNDS * odd.size() * 7);
    }

    private static List<Odd> oddWrites() {
        return List.of(
                new Odd("odd/" + longName() + "/parts/" + longName().substring(0, 989), "{\"n\": 1}", 201),
                new Odd("odd/" + longName() + "/parts/" + longName().substring(0, 990), "{\"n\": 1}", 400),
                new Odd("odd/largest", text(DOCUMENT_BYTES - AROUND_THE_TEXT), 201),
                new Odd("odd/too-large", text(DOCUMENT_BYTES - AROUND_THE_TEXT + 1), 422),
                new Odd("odd/nul%00", "{\"n\": 1}", 400),
                new Odd("odd/nul-in-text", "{\"text\": \"\\u0000\"}", 400),
                new Odd("odd/lone-surrogate", "{\"text\": \"\\ud83e\"}", 400),
                new Odd("odd/huge-number", "{\"n\": 1e131072}", 400));
    }

    /** Thousand letters that PostgreSQL cannot compress into an index entry. */
    private static String longName() {
        return new Random(7)
                .ints(1_000, 'a', 'z' + 1)
                .mapToObj(letter -> String.valueOf((char) letter))
                .collect(Collectors.joining());
    }

    private static String text(int length) {
        return "{\"text\":\"" + "x".repeat(length) + "\"}";
    }

    private static String shortened(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + " …";
    }
}
