package io.tributary.service.store;

import java.time.Instant;

/**
 * What a commit does to one lane: fence, lane state and outbox in one row.
 *
 * @param epoch the epoch the lane is owned at
 * @param turn the lane's last turn + 1
 * @param sequence the last changelog number given out, after this turn
 * @param records how many numbers this turn gives out
 * @param nextOffset the offset of the updates topic's partition to go on at
 * @param at the time of the turn's last unit
 * @param payload what is to be published, empty for nothing
 * @param sweepFrom the first published turn to remove
 * @param sweepTo the last published turn to remove; below {@code sweepFrom} for none
 */
public record Turn(
        int lane,
        long epoch,
        long turn,
        long sequence,
        int records,
        long nextOffset,
        Instant at,
        byte[] payload,
        long sweepFrom,
        long sweepTo) {}
