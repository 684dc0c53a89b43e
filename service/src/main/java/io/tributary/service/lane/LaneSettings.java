package io.tributary.service.lane;

import java.time.Duration;

/**
 * The bounds of lanes and committers.
 *
 * @param lanes how many lanes there are, in all instances together
 * @param committers how many committers share them here
 * @param queueLength how many entries wait in a lane at most, callers' and records each
 * @param waitingBytes how much memory the entries take that wait in all lanes together
 * @param batchWrites how many entries a batch takes at most
 * @param batchBytes how many bytes of changes close a batch
 * @param cacheBytes how much memory the documents take that all lanes remember together, roughly
 * @param changeBytes how large a change may become; at most what the changelog takes as one record
 * @param changes what changes carry beside the data after the step
 * @param retry the pause before a failed statement is repeated, doubled each time up to 32 times as long
 */
public record LaneSettings(
        int lanes,
        int committers,
        int queueLength,
        long waitingBytes,
        int batchWrites,
        int batchBytes,
        long cacheBytes,
        int changeBytes,
        ChangeContent changes,
        Duration retry) {

    /**
     * @param before whether changes carry the data before the step
     * @param everyAfter whether every one of several changes of a document that are committed together carries the data
     *     after its step, or only the last
     */
    public record ChangeContent(boolean before, boolean everyAfter) {}

    /**
     * Sixteen lanes, one committer, and bounds for documents of some kilobytes. A quarter of the heap is for what waits, an
     * eighth for the documents that are remembered.
     */
    public static final LaneSettings DEFAULT = new LaneSettings(
            16,
            1,
            1_024,
            Runtime.getRuntime().maxMemory() / 4,
            1_024,
            8 << 20,
            Runtime.getRuntime().maxMemory() / 8,
            11 << 20,
            new ChangeContent(false, true),
            Duration.ofMillis(20));

    /** @throws IllegalArgumentException when a bound is not positive */
    public LaneSettings {
        if (lanes < 1
                || committers < 1
                || queueLength < 1
                || waitingBytes < 1
                || batchWrites < 1
                || batchBytes < 1
                || changeBytes < 1) {
            throw new IllegalArgumentException("every bound of lanes and committers is at least 1");
        }
        committers = Math.min(committers, lanes);
    }

    public LaneSettings withLanes(int lanes) {
        return new LaneSettings(
                lanes,
                committers,
                queueLength,
                waitingBytes,
                batchWrites,
                batchBytes,
                cacheBytes,
                changeBytes,
                changes,
                retry);
    }

    public LaneSettings withQueueLength(int queueLength) {
        return new LaneSettings(
                lanes,
                committers,
                queueLength,
                waitingBytes,
                batchWrites,
                batchBytes,
                cacheBytes,
                changeBytes,
                changes,
                retry);
    }

    public LaneSettings withWaitingBytes(long waitingBytes) {
        return new LaneSettings(
                lanes,
                committers,
                queueLength,
                waitingBytes,
                batchWrites,
                batchBytes,
                cacheBytes,
                changeBytes,
                changes,
                retry);
    }

    public LaneSettings withChanges(ChangeContent changes) {
        return new LaneSettings(
                lanes,
                committers,
                queueLength,
                waitingBytes,
                batchWrites,
                batchBytes,
                cacheBytes,
                changeBytes,
                changes,
                retry);
    }

    public LaneSettings withChangeBytes(int changeBytes) {
        return new LaneSettings(
                lanes,
                committers,
                queueLength,
                waitingBytes,
                batchWrites,
                batchBytes,
                cacheBytes,
                changeBytes,
                changes,
                retry);
    }
}
