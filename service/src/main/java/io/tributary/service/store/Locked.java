package io.tributary.service.store;

import java.util.Map;

/**
 * What was found under the lanes' locks.
 *
 * @param lanes the newest state of each lane that could be locked at its epoch, with the epoch that it has
 */
public record Locked(Map<Integer, LaneState> lanes, Loaded loaded) {}
