package io.tributary.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of an update by query that ended while its caller waited.
 *
 * @param job the id of the job that it was, null when it was none
 * @param results what became of the first {@link UpdateByQuery#MAX_AT_ONCE} documents, in the order they were taken
 */
public record UpdateReport(@Nullable Long job, UpdateCounts counts, List<UpdateResult> results) {

    public UpdateReport {
        results = List.copyOf(results);
    }
}
