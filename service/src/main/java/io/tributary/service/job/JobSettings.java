package io.tributary.service.job;

import java.time.Duration;

/**
 * The bounds of jobs.
 *
 * @param keep how long a job is kept after its end
 * @param remembered how long the outcomes of writes with an id are
 * @param lease how long a job waits for an instance that has died
 * @param jobs how many jobs run on this instance at once
 * @param brief how many more run while somebody waits for each
 */
public record JobSettings(Duration keep, Duration remembered, Duration lease, int jobs, int brief) {

    public static final JobSettings DEFAULT =
            new JobSettings(Duration.ofDays(30), Duration.ofHours(24), Duration.ofSeconds(15), 8, 64);

    /** @throws IllegalArgumentException when a bound is not positive */
    public JobSettings {
        if (!keep.isPositive() || !remembered.isPositive() || !lease.isPositive() || jobs < 1 || brief < 1) {
            throw new IllegalArgumentException("the bounds of jobs are positive");
        }
    }

    public JobSettings withKeep(Duration keep) {
        return new JobSettings(keep, remembered, lease, jobs, brief);
    }

    public JobSettings withRemembered(Duration remembered) {
        return new JobSettings(keep, remembered, lease, jobs, brief);
    }

    public JobSettings withLease(Duration lease) {
        return new JobSettings(keep, remembered, lease, jobs, brief);
    }

    public JobSettings withJobs(int jobs) {
        return new JobSettings(keep, remembered, lease, jobs, brief);
    }
}
