package io.tributary.kafka.changelog;

/**
 * Where reading of a lane goes on.
 *
 * @param offset the offset of the next record
 * @param sequence the largest sequence that was read before, by which repetitions are recognised; 0 when none is known
 */
public record LanePosition(long offset, long sequence) {

    /** @throws IllegalArgumentException when one is negative */
    public LanePosition {
        if (offset < 0 || sequence < 0) {
            throw new IllegalArgumentException("a position has no negative numbers: " + offset + ", " + sequence);
        }
    }
}
