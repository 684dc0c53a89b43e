package io.tributary.load.generator;

/**
 * The Zipf distribution in the approximation of Gray and others, "Quickly generating billion-record synthetic databases",
 * which YCSB made the usual one: the document at index 0 is the most frequent, the one at index i is asked for about
 * {@code 1 / (i + 1)^THETA} times as often.
 *
 * @param size how many documents there are
 * @param zeta the sum of {@code 1 / i^THETA} for i from 1 to the size
 * @param eta bends the curve so that it ends at the last document
 */
public record Zipf(int size, double zeta, double eta) {

    /** The exponent. */
    public static final double THETA = 0.99;

    /** The power by which a share of the whole becomes an index. */
    public static final double ALPHA = 1 / (1 - THETA);

    /** The sum for two documents. */
    public static final double ZETA_OF_TWO = zeta(2);

    public Zipf(int size) {
        this(size, zeta(size), (1 - Math.pow(2.0 / size, 1 - THETA)) / (1 - ZETA_OF_TWO / zeta(size)));
    }

    private static double zeta(int size) {
        double sum = 0;
        for (int i = 1; i <= size; i++) {
            sum += Math.pow(i, -THETA);
        }
        return sum;
    }

    /** The index that belongs to a number from 0 (inclusive) to 1 (exclusive). */
    public int index(double uniform) {
        double share = uniform * zeta;
        if (share < 1) {
            return 0;
        }
        if (share < ZETA_OF_TWO) {
            return Math.min(1, size - 1);
        }
        return Math.min(size - 1, (int) (size * Math.pow(eta * uniform - eta + 1, ALPHA)));
    }
}
