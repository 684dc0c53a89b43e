package io.tributary.service.trigger;

import io.tributary.change.ProblemType;

/** Hears what becomes of what triggers do, on any thread; must not block. */
public interface TriggerObserver {

    /** It is done. */
    void done(String database, String trigger);

    /** It will not be done, and is kept as a rejection. */
    void failed(String database, String trigger, ProblemType problem);
}
