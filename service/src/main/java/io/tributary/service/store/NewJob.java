package io.tributary.service.store;

import io.tributary.query.JobRequest;
import org.jspecify.annotations.Nullable;

/**
 * A job to be.
 *
 * @param key makes it the only one of its database with this key; null for any number
 * @param fingerprint tells its request from others with the same key
 * @param brief whether somebody waits for it; such jobs are not kept long
 * @param start where it begins
 */
public record NewJob(JobRequest request, @Nullable String key, String fingerprint, boolean brief, JobPlace start) {

    /** The database that the job is in. */
    public String database() {
        return request.selection().collection().database();
    }
}
