package io.tributary.service.job;

import io.tributary.query.UpdateReport;

/** How an update by query was taken. */
public sealed interface Reception {

    /**
     * It is done.
     *
     * @param replayed whether it had been before
     */
    record Done(UpdateReport report, boolean replayed) implements Reception {}

    /**
     * It is a job, which has not ended yet, or did not end well.
     *
     * @param replayed whether it had been made before
     */
    record Begun(long job, boolean replayed) implements Reception {}
}
