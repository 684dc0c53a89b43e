package io.tributary.service.store;

import io.tributary.query.Job;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Jobs in memory; {@link JobStoreContract} holds for them as for PostgreSQL's. Answers on the thread that asks. */
public final class InMemoryJobs implements JobStore {

    private final InstantSource clock;
    private final TreeMap<Long, Kept> jobs = new TreeMap<>();
    private int advances;
    private int failing;
    private boolean afterwards;

    /** @param clock expires leases */
    public InMemoryJobs(InstantSource clock) {
        this.clock = clock;
    }

    private static final class Kept {
        private final NewJob made;
        private final TreeMap<Long, UpdateResult> results = new TreeMap<>();
        private StoredJob stored;
        private @Nullable UUID owner;
        private Instant leasedUntil = Instant.MIN;

        private Kept(NewJob made, StoredJob stored) {
            this.made = made;
            this.stored = stored;
        }
    }

    /** The next {@code count} statements that store progress err: before they are carried out, or after. */
    public synchronized void failToAdvance(int count, boolean afterwards) {
        failing = count;
        this.afterwards = afterwards;
    }

    /** How often progress was stored. */
    public synchronized int advances() {
        return advances;
    }

    @Override
    public Mono<Created> create(NewJob job, Lease lease) {
        return atOnce(() -> jobs.values().stream()
                .filter(sameKey(job.database(), job.key()))
                .findFirst()
                .map(earlier -> new Created(earlier.stored, false))
                .orElseGet(() -> new Created(make(job, lease), true)));
    }

    private StoredJob make(NewJob made, Lease lease) {
        long id = jobs.isEmpty() ? 1 : jobs.lastKey() + 1;
        Job job = new Job(
                id,
                made.request(),
                Job.State.RUNNING,
                UpdateCounts.NONE,
                new Job.Progress(0, made.start().after(), clock.instant(), null),
                null,
                List.of());
        Kept kept = new Kept(made, new StoredJob(job, made.fingerprint(), made.start(), false));
        kept.owner = lease.owner();
        kept.leasedUntil = clock.instant().plus(lease.length());
        jobs.put(id, kept);
        return kept.stored;
    }

    private static Predicate<Kept> sameKey(String database, @Nullable String key) {
        return kept -> key != null
                && key.equals(kept.made.key())
                && kept.made.database().equals(database);
    }

    @Override
    public Mono<StoredJob> find(String database, long id) {
        return atOnce(() -> known(database, id) ? jobs.get(id).stored : null);
    }

    private boolean known(String database, long id) {
        return jobs.containsKey(id) && jobs.get(id).made.database().equals(database);
    }

    @Override
    public Mono<StoredJob> findByKey(String database, String key) {
        return atOnce(() -> jobs.values().stream()
                .filter(sameKey(database, key))
                .findFirst()
                .map(kept -> kept.stored)
                .orElse(null));
    }

    @Override
    public Mono<List<StoredJob>> list(String database, long before, int limit) {
        return atOnce(() -> jobs.headMap(before, false).descendingMap().values().stream()
                .filter(kept -> kept.made.database().equals(database))
                .limit(limit)
                .map(kept -> kept.stored)
                .toList());
    }

    @Override
    public Mono<List<UpdateResult>> results(StoredJob job, int limit) {
        return atOnce(() ->
                List.copyOf(jobs.get(job.id()).results.headMap((long) limit).values()));
    }

    @Override
    public Mono<List<UpdateResult.Failed>> failures(StoredJob job) {
        return atOnce(() -> jobs.get(job.id()).results.values().stream()
                .filter(UpdateResult.Failed.class::isInstance)
                .map(UpdateResult.Failed.class::cast)
                .toList());
    }

    @Override
    public Mono<StoredJob> cancel(String database, long id) {
        return atOnce(() -> {
            if (!known(database, id)) {
                return null;
            }
            Kept kept = jobs.get(id);
            Job job = kept.stored.job();
            if (job.state() == Job.State.RUNNING) {
                kept.stored = new StoredJob(
                        ended(job, new JobAdvance.End(Job.State.CANCELLED, null)),
                        kept.stored.fingerprint(),
                        kept.stored.place(),
                        false);
            }
            return kept.stored;
        });
    }

    @Override
    public Mono<StoredJob> take(Lease lease) {
        return atOnce(() -> jobs.values().stream()
                .filter(kept -> !kept.stored.settled() && !isLeased(kept))
                .findFirst()
                .map(kept -> {
                    kept.owner = lease.owner();
                    kept.leasedUntil = clock.instant().plus(lease.length());
                    return kept.stored;
                })
                .orElse(null));
    }

    private boolean isLeased(Kept kept) {
        return kept.owner != null && !kept.leasedUntil.isBefore(clock.instant());
    }

    @Override
    public Mono<Boolean> renew(long job, Lease lease) {
        return atOnce(() -> {
            Kept kept = Objects.requireNonNull(jobs.get(job));
            boolean held = lease.owner().equals(kept.owner) && !kept.stored.settled();
            if (held) {
                kept.leasedUntil = clock.instant().plus(lease.length());
            }
            return held;
        });
    }

    @Override
    public Mono<Job.State> advance(long job, Lease lease, JobAdvance advance) {
        return atOnce(() -> {
            boolean fails = failing > 0;
            if (fails) {
                failing--;
            }
            if (fails && !afterwards) {
                throw new StoreException(StoreException.Kind.AWAY, "away", null);
            }
            Kept kept = jobs.get(job);
            if (kept == null || !lease.owner().equals(kept.owner)) {
                return null;
            }
            advances++;
            kept.leasedUntil = clock.instant().plus(lease.length());
            advance(kept, advance);
            if (fails) {
                throw new StoreException(StoreException.Kind.UNKNOWN, "lost", null);
            }
            return kept.stored.job().state();
        });
    }

    private void advance(Kept kept, JobAdvance advance) {
        Job before = kept.stored.job();
        boolean running = before.state() == Job.State.RUNNING;
        Job counted = new Job(
                before.id(),
                before.request(),
                before.state(),
                advance.counts(),
                new Job.Progress(
                        advance.scanned(),
                        advance.place().after(),
                        before.progress().createdAt(),
                        before.progress().endedAt()),
                before.problem(),
                List.of());
        JobAdvance.End end = advance.end();
        JobPlace place = advance.place();
        kept.stored = new StoredJob(
                running && end != null ? ended(counted, end) : counted,
                kept.stored.fingerprint(),
                running ? place : new JobPlace(place.after(), place.until(), List.of(), place.pendingAt()),
                !running || end != null);
        advance.results().forEach(result -> kept.results.putIfAbsent(result.ordinal(), result.result()));
    }

    private Job ended(Job job, JobAdvance.End end) {
        Job.Progress progress = job.progress();
        return new Job(
                job.id(),
                job.request(),
                end.state(),
                job.counts(),
                new Job.Progress(progress.scanned(), progress.after(), progress.createdAt(), clock.instant()),
                end.problem(),
                List.of());
    }

    @Override
    public Mono<Void> release(UUID owner) {
        return atOnce(() -> {
            jobs.values().stream().filter(kept -> owner.equals(kept.owner)).forEach(kept -> kept.owner = null);
            return null;
        });
    }

    @Override
    public Mono<Long> purge(Duration keep, Duration keepBrief) {
        return atOnce(() -> {
            List<Long> expired = new ArrayList<>();
            jobs.forEach((id, kept) -> {
                Instant ended = kept.stored.job().progress().endedAt();
                Duration kind = kept.made.brief() ? keepBrief : keep;
                if (kept.stored.settled()
                        && ended != null
                        && ended.isBefore(clock.instant().minus(kind))) {
                    expired.add(id);
                }
            });
            expired.forEach(jobs::remove);
            return (long) expired.size();
        });
    }

    /** All jobs, in the order they were made. */
    public synchronized List<StoredJob> all() {
        return jobs.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.naturalOrder()))
                .map(entry -> entry.getValue().stored)
                .toList();
    }

    private <T> Mono<T> atOnce(Supplier<@Nullable T> statement) {
        return Mono.fromSupplier(() -> {
            synchronized (this) {
                return statement.get();
            }
        });
    }
}
