package io.tributary.service.lane;

/** Hears what becomes of lanes, on the thread of their committer unless said otherwise; must not block. */
public interface LaneListener {

    /**
     * The lane is this instance's, and takes writes from now on.
     *
     * @param epoch what to offer records with that are read from now on
     * @param nextOffset the offset of the updates topic's partition to go on at
     */
    void opened(int lane, long epoch, long nextOffset);

    /** Entries left the lane's queue, or others' queues, so that more find room. On any thread. */
    void taken(int lane);

    /** A batch that this instance carried out made a turn in a lane that another owns, who has not heard of it. */
    void visited(int lane);

    /** The lane is no longer this instance's. What it had not committed is dropped or answered. */
    void closed(int lane);
}
