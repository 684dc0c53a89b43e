package io.tributary.service.watch.feed;

import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.service.watch.log.Positions;

/** Somebody who watches. Called by one thread at a time, under the hub's lock: must neither block nor call the hub. */
public interface Watcher {

    Watched watched();

    /**
     * All that was given out until now was taken; what comes from now on will be given at once.
     *
     * @param at how far the changelog was given out
     * @return whether the watcher still wants to join
     */
    boolean joined(Positions at);

    /**
     * Takes a change of what is watched.
     *
     * @param after how far the changelog was read behind it
     * @return whether there is room for more; when not, the watcher leaves and has to join again
     */
    boolean take(LaneRecord record, Match match, Positions after);

    /** Some of the changes that were taken since the last call were committed together, and all of them were given. */
    void wholeBatch(Positions after);

    /** Changes are missing. The watcher has left. */
    void missed();
}
