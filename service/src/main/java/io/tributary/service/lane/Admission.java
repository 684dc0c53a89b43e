package io.tributary.service.lane;

/** What becomes of an entry that is offered to a lane. */
public enum Admission {
    /** It waits for the next batch, or until the lane is taken over. */
    QUEUED,
    /** The lane's queue is full, or all that waits here, in whichever lane, takes too much memory. */
    FULL,
    /** The lane belongs to another instance, or to nobody; a record's lane, also one that is not taken over yet. */
    NOT_HERE,
    /** The store is away, or the service is stopping. */
    UNAVAILABLE
}
