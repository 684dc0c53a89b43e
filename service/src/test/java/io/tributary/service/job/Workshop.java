package io.tributary.service.job;

import io.tributary.json.Limits;
import io.tributary.json.UpdateByQueryJson;
import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import io.tributary.query.Job;
import io.tributary.query.UpdateByQuery;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.query.FakeStore;
import io.tributary.service.query.Queries;
import io.tributary.service.query.QuerySettings;
import io.tributary.service.store.InMemoryJobs;
import io.tributary.service.store.JobStore.Lease;
import io.tributary.value.IntegerValue;
import io.tributary.value.Value;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Documents, jobs and lanes in memory, with a clock that stands still. */
final class Workshop {

    static final Duration SOON = Duration.ofSeconds(20);
    static final String DATABASE = DatabaseName.DEFAULT;
    static final Duration REMEMBERED = Duration.ofHours(24);

    private volatile Instant now = Instant.parse("2026-11-21T08:00:00Z");
    private final InstantSource clock = () -> now;

    final FakeStore store = new FakeStore();
    final InMemoryJobs jobStore = new InMemoryJobs(clock);
    final FakeLanes lanes = new FakeLanes(store, clock);
    private final Queries queries = new Queries(store, QuerySettings.DEFAULT, Schedulers.parallel());

    /** What one instance of the service has. */
    Jobs jobs() {
        return new Jobs(
                store,
                jobStore,
                queries,
                lanes,
                DocumentLimits.DEFAULT,
                JobSettings.DEFAULT,
                Schedulers.parallel(),
                clock);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Workshop products(int count) {
        IntStream.range(0, count).forEach(number -> product(id(number), "{\"n\":0,\"number\":" + number + "}"));
        return this;
    }

    Workshop product(String id, String data) {
        store.put(DocumentName.of("products/" + id), 1, data);
        return this;
    }

    static String id(int number) {
        return "p%05d".formatted(number);
    }

    long n(String id) {
        Value n = Objects.requireNonNull(
                        store.state(DocumentName.of("products/" + id)).data())
                .get("n");
        return n instanceof IntegerValue(long value) ? value : -1;
    }

    /** An update by query of the products, of which {@code members} are missing. */
    static UpdateByQuery update(String members) {
        String json = "{\"collection\":\"products\"," + members + "}";
        return UpdateByQueryJson.read(DATABASE, json.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT);
    }

    /** Begins to run the only job, whoever did before. */
    Mono<Void> run() {
        Lease lease = new Lease(UUID.randomUUID(), Duration.ofMinutes(1));
        pass(Duration.ofMinutes(2));
        return jobStore.take(lease)
                .flatMap(job -> new JobRun(
                                job,
                                lease,
                                new JobRun.Surroundings(
                                        store,
                                        jobStore,
                                        lanes,
                                        DocumentLimits.DEFAULT,
                                        REMEMBERED,
                                        Schedulers.parallel(),
                                        clock))
                        .toTheEnd());
    }

    /** The job that was made last. */
    Job job() {
        return jobStore.all().getLast().job();
    }

    static Patience waiting() {
        return new Patience(false, SOON);
    }
}
