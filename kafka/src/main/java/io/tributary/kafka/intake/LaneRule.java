package io.tributary.kafka.intake;

import org.apache.kafka.common.utils.Utils;

/** The rule by which a key finds its lane: that of Kafka's Java producer. */
public final class LaneRule {

    private LaneRule() {}

    /**
     * The lane of a key, which is also the partition that a Java producer without a partitioner of its own puts it in
     * when the topic has that many partitions.
     *
     * @param key the record key, UTF-8
     * @param lanes how many there are, at least 1
     * @return 0 to {@code lanes - 1}
     */
    public static int laneOf(byte[] key, int lanes) {
        return Utils.toPositive(Utils.murmur2(key)) % lanes;
    }
}
