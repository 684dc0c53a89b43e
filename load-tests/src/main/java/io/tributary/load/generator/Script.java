package io.tributary.load.generator;

import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Chooses the requests of a run, one after another. */
@FunctionalInterface
public interface Script {

    /** The body of every increment. */
    String INCREMENT = "{\"increment\":{\"n\":1}}";

    /** The next request as it goes over the wire. The array is shared and must not be changed. */
    byte[] next(RandomGenerator random);

    /** Increments spread evenly over the ordinary documents of a corpus. */
    static Script uniform(Corpus corpus) {
        byte[][] requests =
                corpus.names().limit(corpus.size()).map(Script::increment).toArray(byte[][]::new);
        return random -> requests[random.nextInt(requests.length)];
    }

    /** Increments of the hot document of a corpus. */
    static Script hot(Corpus corpus) {
        byte[] request = increment(corpus.name(corpus.hot()));
        return random -> request;
    }

    private static byte[] increment(String document) {
        return """
                PATCH /v1/documents/%s HTTP/1.1\r
                Host: localhost\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(document, INCREMENT.length(), INCREMENT).getBytes(StandardCharsets.US_ASCII);
    }
}
