package io.tributary.service.job;

import io.tributary.query.Job;
import io.tributary.query.UpdateByQuery;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import io.tributary.service.store.JobAdvance.Kept;
import java.util.ArrayList;
import java.util.List;

/** Counts the results of a job, and chooses those that are kept: the first, and the first that failed. */
record Tally(UpdateCounts counts, List<Kept> kept) {

    static Tally of(UpdateCounts before, List<UpdateResult> results) {
        UpdateCounts counts = before;
        List<Kept> kept = new ArrayList<>();
        for (UpdateResult result : results) {
            boolean first = counts.matched() < UpdateByQuery.MAX_AT_ONCE;
            boolean failed = result instanceof UpdateResult.Failed && counts.failed() < Job.KEPT_FAILURES;
            if (first || failed) {
                kept.add(new Kept(counts.matched(), result));
            }
            counts = counts.plus(result);
        }
        return new Tally(counts, kept);
    }
}
