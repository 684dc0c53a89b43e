package io.tributary.service.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a job goes on.
 *
 * @param after the id that the scan goes on behind, null for the beginning
 * @param until the id that the scan ends with, null when nothing is to be scanned
 * @param pending the ids that matched and are to be written first; some of them may have been
 * @param pendingAt when they were stored
 */
public record JobPlace(@Nullable String after, @Nullable String until, List<String> pending, Instant pendingAt) {

    public JobPlace {
        pending = List.copyOf(pending);
    }
}
