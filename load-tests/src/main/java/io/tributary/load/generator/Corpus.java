package io.tributary.load.generator;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The documents that are written to: {@code size} ordinary ones, and a hot one behind them. Each has a counter {@code n} that
 * begins at 0 and fields that no write touches.
 *
 * @param collection the collection that they are in
 * @param size how many ordinary documents there are; also the index of the hot one
 */
public record Corpus(String collection, int size) {

    /** The size of each document's compact JSON. */
    public static final int DOCUMENT_BYTES = 200;

    /** Where all choices begin. */
    public static final long SEED = 20_260_721;

    /** @throws IllegalArgumentException when there is no document */
    public Corpus {
        if (size < 1) {
            throw new IllegalArgumentException("a corpus has at least one document, not " + size);
        }
    }

    /** A source of choices among the documents, the same ones in every run of the benchmark. */
    public RandomGenerator random() {
        return new Random(SEED);
    }

    /** The index of the hot document. */
    public int hot() {
        return size;
    }

    /** The indexes of all documents, the hot one included. */
    public IntStream indexes() {
        return IntStream.rangeClosed(0, size);
    }

    /** The names of all documents in the order of their indexes. */
    public Stream<String> names() {
        return indexes().mapToObj(this::name);
    }

    /** The name of a document, collection included. */
    public String name(int index) {
        return collection + '/' + (index == size ? "hot" : "d%08d".formatted(index));
    }

    /** What a document holds before the first write, the same in every run: compact JSON of {@link #DOCUMENT_BYTES}. */
    public static String data(int index) {
        String head = """
                {"n":0,"name":"item %08d","price":%d.5,"tags":["red","on sale"],"seller":{"city":"Łódź","since":2019},"note":\"""".formatted(index, index % 1000);
        int padding = DOCUMENT_BYTES - head.getBytes(StandardCharsets.UTF_8).length - "\"}".length();
        return head + letters(index, padding) + "\"}";
    }

    private static String letters(int seed, int count) {
        return new Random(seed)
                .ints(count, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
