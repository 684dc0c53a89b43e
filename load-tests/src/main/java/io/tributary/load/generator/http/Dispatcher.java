package io.tributary.load.generator.http;

/** Decides when callers send which request. Confined to the event loop that all callers of a run share. */
interface Dispatcher {

    /** Takes a caller that has no request under way: it is to send one, now or later, or to hang up. */
    void free(Caller caller);

    /** How many requests were due and have not been sent. */
    long unsent();
}
