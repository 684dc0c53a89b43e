package io.tributary.service.store;

import java.time.InstantSource;

class InMemoryJobsTest implements JobStoreContract {

    private final InMemoryJobs jobs = new InMemoryJobs(InstantSource.system());

    @Override
    public JobStore jobs() {
        return jobs;
    }
}
