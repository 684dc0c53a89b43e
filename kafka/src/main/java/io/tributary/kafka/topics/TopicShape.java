package io.tributary.kafka.topics;

/**
 * What all topics of a service have in common.
 *
 * @param lanes how many partitions each has
 * @param maxMessageBytes the size of the largest record that they take
 */
public record TopicShape(int lanes, int maxMessageBytes) {

    private static final int MEBIBYTE = 1 << 20;

    /** Refuses what Kafka could not hold. */
    public TopicShape {
        if (lanes < 1 || maxMessageBytes < MEBIBYTE) {
            throw new IllegalArgumentException("lanes " + lanes + ", record size " + maxMessageBytes);
        }
    }

    /**
     * The shape for given limits. A change can hold a document three times, as it was, as it is and as operands, and
     * an update a whole request; both have keys, headers and member names besides.
     *
     * @param requestLimit the size of the largest request, in bytes
     * @param documentLimit the size of the largest document, in bytes
     * @throws ArithmeticException when the limits leave no size that Kafka could hold
     */
    public static TopicShape of(int lanes, long requestLimit, long documentLimit) {
        long largest = Math.max(requestLimit, Math.multiplyExact(documentLimit, 3L));
        return new TopicShape(lanes, Math.toIntExact(Math.addExact(largest, MEBIBYTE)));
    }
}
