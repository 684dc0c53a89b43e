package io.tributary.service.acceptance.fault;

import io.tributary.service.acceptance.driver.Topics;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A write that leaves its number in {@code seen} and counts itself in {@code n}, whatever else it does: what a document
 * holds tells which writes were applied, and how often.
 *
 * @param number also its id
 * @param members the members of the update
 * @param overKafka whether it is sent as a record
 */
record MixedWrite(int number, String document, String members, boolean overKafka) {

    /** @param seed the same gives the same writes */
    static List<MixedWrite> some(long seed, int count, int documents) {
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(number -> new MixedWrite(
                        number,
                        "mixed/" + random.nextInt(documents),
                        members(number, random.nextInt(8)),
                        random.nextBoolean()))
                .toList();
    }

    private static String members(int number, int kind) {
        String seen = "\"append\": {\"seen\": [" + number + "]}";
        String count = "\"increment\": {\"n\": 1}";
        String both = seen + ", " + count + ", \"upsert\": true";
        return switch (kind) {
            case 0 -> both + ", \"if\": {\"where\": {\"n\": {\"lt\": 6}}}";
            case 1 -> both + ", \"if\": {\"version\": " + number % 5 + "}";
            case 2 -> "\"steps\": [{" + seen + "}, {" + count + "}], \"upsert\": true";
            case 3 -> both + ", \"set\": {\"last.of\": \"write " + number + "\"}";
            case 4 -> both + ", \"setOnCreate\": {\"first\": " + number + "}, \"serverTimestamp\": [\"at\"]";
            case 5 -> both + ", \"max\": {\"largest\": " + number + "}, \"unset\": [\"last\"]";
            default -> both;
        };
    }

    String id() {
        return Integer.toString(number);
    }

    String update() {
        return "{" + members + "}";
    }

    ProducerRecord<byte[], byte[]> record() {
        return Topics.update(document, "{\"id\": \"" + id() + "\", " + members + "}");
    }
}
