package io.tributary.service.store;

import java.time.Instant;

/**
 * A turn as the outbox keeps it.
 *
 * @param sequence the last changelog number given out by this turn
 * @param records how many numbers it gave out
 * @param at when it was committed
 * @param payload what is to be published, empty for nothing
 */
public record StoredTurn(int lane, long turn, long sequence, int records, Instant at, byte[] payload) {}
