package io.tributary.load.generator.http;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Keys;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The requests that increment the counters of a corpus, ready to be sent. Used by one thread at a time. */
public final class Requests {

    /** The body of an increment as Tributary's interface has it. */
    public static final String INCREMENT = "{\"increment\":{\"n\":1}}";

    private static final String INCREMENT_AND_APPEND =
            "{\"increment\":{\"n\":1},\"appendUnique\":{\"tags\":[\"green\"]}}";

    private final Corpus corpus;
    private final RandomGenerator random;
    private final int writesEach;
    private final byte[][] requests;

    /** @param request makes the request for a document's name */
    public Requests(Corpus corpus, Function<String, String> request) {
        this(corpus, 1, corpus.names().map(request));
    }

    private Requests(Corpus corpus, int writesEach, Stream<String> requests) {
        this.corpus = corpus;
        this.random = corpus.random();
        this.writesEach = writesEach;
        this.requests =
                requests.map(text -> text.getBytes(StandardCharsets.US_ASCII)).toArray(byte[][]::new);
    }

    /** Those of Tributary's interface. */
    public static Requests patching(Corpus corpus) {
        return patching(corpus, INCREMENT);
    }

    /** Those of Tributary's interface that also append a tag to each document that has it not yet. */
    public static Requests appending(Corpus corpus) {
        return patching(corpus, INCREMENT_AND_APPEND);
    }

    /**
     * The same increments, so many in an atomic batch. Each document is in one batch only: no two conflict.
     *
     * @param writes how many, at most as many as there are documents
     */
    public static Requests batches(Corpus corpus, int writes) {
        int all = corpus.size() / writes;
        return new Requests(
                corpus, writes, IntStream.range(0, all).mapToObj(batch -> text(batch(corpus, writes, batch, all))));
    }

    /** The documents of a batch lie far apart, and so in several lanes. */
    private static String batch(Corpus corpus, int writes, int batch, int all) {
        return IntStream.range(0, writes)
                .mapToObj(
                        write -> "{\"document\":\"" + corpus.name(batch + write * all) + "\",\"increment\":{\"n\":1}}")
                .collect(Collectors.joining(",", "{\"writes\":[", "]}"));
    }

    private static String text(String batch) {
        return text("POST", "/v1/batch", "Content-Type: application/json\r\n", batch);
    }

    /** How many writes a request has. */
    int writesEach() {
        return writesEach;
    }

    /** The same increments as lines of a bulk. */
    public static Requests lines(Corpus corpus) {
        return new Requests(corpus, name -> "{\"document\":\"" + name + "\",\"increment\":{\"n\":1}}\n");
    }

    private static Requests patching(Corpus corpus, String body) {
        return new Requests(
                corpus, name -> text("PATCH", "/v1/documents/" + name, "Content-Type: application/json\r\n", body));
    }

    /**
     * A request in HTTP/1.1, all of ASCII.
     *
     * @param headers each with its line's end
     */
    public static String text(String method, String path, String headers, String body) {
        return method + ' ' + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    /** Gives one request after another, without end. The arrays are shared and must not be changed. */
    Supplier<byte[]> chosenBy(Keys keys) {
        IntSupplier indexes = keys.indexes(corpus, random);
        return () -> requests[Math.min(indexes.getAsInt() / writesEach, requests.length - 1)];
    }
}
