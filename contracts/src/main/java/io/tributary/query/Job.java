package io.tributary.query;

import io.tributary.change.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is done with many documents while nobody waits.
 *
 * @param id counted up
 * @param problem why it failed as a whole; null unless it did
 * @param failures the first {@link #KEPT_FAILURES} documents that could not be changed, or that a check found fault
 *     with; empty in a list of jobs
 */
public record Job(
        long id,
        JobRequest request,
        State state,
        UpdateCounts counts,
        Progress progress,
        @Nullable Problem problem,
        List<UpdateResult.Failed> failures) {

    public static final int KEPT_FAILURES = 1_000;

    public Job {
        failures = List.copyOf(failures);
    }

    /** Where a job is in its life. */
    public enum State {
        RUNNING,
        /** It went through all documents; some of them may have failed. */
        SUCCEEDED,
        /** It could not go on. */
        FAILED,
        /** Somebody ended it; what it had done stays done. */
        CANCELLED
    }

    /**
     * How far a job is.
     *
     * @param scanned how many documents were looked at, whether they matched or not
     * @param after the id of the last of them, null at the beginning
     * @param endedAt null while it runs
     */
    public record Progress(
            long scanned,
            @Nullable String after,
            Instant createdAt,
            @Nullable Instant endedAt) {}
}
