package io.tributary.service.store;

import io.tributary.query.Job;

/**
 * A job as it is kept.
 *
 * @param job without its failures
 * @param fingerprint tells its request from others with the same key
 * @param settled whether all that it did is in its counts
 */
public record StoredJob(Job job, String fingerprint, JobPlace place, boolean settled) {

    public long id() {
        return job.id();
    }

    /** The database that the job is in. */
    public String database() {
        return job.request().selection().collection().database();
    }
}
