package io.tributary.service.store;

import io.tributary.change.Problem;
import io.tributary.query.Job;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a job has come.
 *
 * @param counts of all that is done
 * @param scanned how many documents were looked at in all
 * @param place where it goes on
 * @param results those to be kept, in addition to those that are
 * @param end null when it goes on
 */
public record JobAdvance(
        UpdateCounts counts,
        long scanned,
        JobPlace place,
        List<Kept> results,
        @Nullable End end) {

    public JobAdvance {
        results = List.copyOf(results);
    }

    /** @param ordinal counts all results of the job from 0 */
    public record Kept(long ordinal, UpdateResult result) {}

    /** @param problem null unless it failed */
    public record End(Job.State state, @Nullable Problem problem) {}
}
