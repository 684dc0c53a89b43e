package io.tributary.service.watch;

import java.time.Duration;

/**
 * What watches may cost.
 *
 * @param most how many there may be at once
 * @param waitingBytes what may wait for one reader, roughly; a single event always may
 * @param allWaitingBytes what may wait for all readers together: beyond it, who has something waiting already is too slow
 * @param recentBytes how much of the changelog is kept for who comes back soon
 * @param catchingUp how many read the changelog for themselves at once; others wait for their turn
 * @param snapshots how many read a page of the store at once
 * @param known how many documents a filtered watch remembers to match
 * @param heartBeat how often a reader hears something
 */
public record WatchSettings(
        int most,
        long waitingBytes,
        long allWaitingBytes,
        long recentBytes,
        int catchingUp,
        int snapshots,
        int known,
        Duration heartBeat) {

    private static final long SHARE_OF_WAITING = 8;
    private static final long SHARE_OF_RECENT = 16;

    /** For the heap that there is. */
    public static final WatchSettings DEFAULT = of(Runtime.getRuntime().maxMemory());

    public WatchSettings {
        if (most < 1
                || waitingBytes < 1
                || allWaitingBytes < 1
                || recentBytes < 1
                || catchingUp < 1
                || snapshots < 1
                || known < 1
                || !heartBeat.isPositive()) {
            throw new IllegalArgumentException("the limits of watches are positive");
        }
    }

    /** @param heap the memory that there is */
    static WatchSettings of(long heap) {
        return new WatchSettings(
                20_000,
                1 << 20,
                heap / SHARE_OF_WAITING,
                heap / SHARE_OF_RECENT,
                4,
                4,
                100_000,
                Duration.ofSeconds(15));
    }
}
