package io.tributary.service.store;

import java.time.Instant;

/**
 * A lane as its newest turn left it.
 *
 * @param epoch raised by each take-over
 * @param turn counts the commits
 * @param sequence the last number given to a record of the changelog
 * @param nextOffset the offset of the updates topic's partition to go on at
 * @param committedAt the time of the newest turn
 * @param oldestTurn the oldest turn that is still kept
 */
public record LaneState(
        int lane, long epoch, long turn, long sequence, long nextOffset, Instant committedAt, long oldestTurn) {

    /** The same lane, owned anew. */
    public LaneState withEpoch(long epoch) {
        return new LaneState(lane, epoch, turn, sequence, nextOffset, committedAt, oldestTurn);
    }
}
