package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.change.Problem;
import io.tributary.json.JobRequestJson;
import io.tributary.json.ProblemJson;
import io.tributary.json.UpdateReportJson;
import io.tributary.query.Job;
import io.tributary.query.UpdateCounts;
import io.tributary.query.UpdateResult;
import io.tributary.service.store.JobAdvance;
import io.tributary.service.store.JobPlace;
import io.tributary.service.store.JobStore.Lease;
import io.tributary.service.store.NewJob;
import io.tributary.service.store.StoredJob;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of {@link PostgresJobs}, with their parameters and rows. An empty text stands for null as a parameter. */
final class JobStatements {

    private static final String MICROS = "(extract(epoch from j.%1$s) * 1000000)::bigint as %1$s";

    private static final String COLUMNS =
            """
            j.id, j.database, j.fingerprint, j.request, j.state, j.problem, j.matched, j.modified, j.unchanged, j.skipped,
            j.failed, j.scanned, j.after, j.until, j.pending, j.settled, %s, %s, %s
            """.formatted(MICROS.formatted("pending_at"), MICROS.formatted("created_at"), MICROS.formatted("ended_at"));

    static final String CREATE = """
            insert into jobs as j (database, key, fingerprint, request, brief, after, until, pending, pending_at, owner,
              leased_until)
            values ($1, nullif($2, ''), $3, $4, $5, nullif($6, ''), nullif($7, ''), $8::text[], $9, $10,
              now() + make_interval(secs => $11))
            on conflict (database, key) where key is not null do nothing
            returning %s
            """.formatted(COLUMNS);

    static final String FIND = "select %s from jobs j where j.database = $1 and j.id = $2".formatted(COLUMNS);

    static final String FIND_BY_KEY = "select %s from jobs j where j.database = $1 and j.key = $2".formatted(COLUMNS);

    static final String LIST = """
            select %s from jobs j where j.database = $1 and j.id < $2 order by j.id desc limit $3
            """.formatted(COLUMNS);

    static final String RESULTS =
            "select r.result from job_results r where r.job = $1 and r.ordinal < $2 order by r.ordinal";

    static final String FAILURES =
            "select r.result from job_results r where r.job = $1 and r.failed order by r.ordinal";

    static final String CANCEL = """
            update jobs set state = 'cancelled', ended_at = now()
            where database = $1 and id = $2 and state = 'running'
            """;

    static final String TAKE = """
            update jobs j set owner = $1, leased_until = now() + make_interval(secs => $2)
            where j.id = (
              select id from jobs where not settled and (leased_until is null or leased_until < now())
              order by id limit 1 for update skip locked)
            returning %s
            """.formatted(COLUMNS);

    static final String RENEW = """
            update jobs j set leased_until = now() + make_interval(secs => $3)
            where j.id = $1 and j.owner = $2 and not j.settled
            returning j.id
            """;

    static final String ADVANCE = """
            with advanced as (
              update jobs set
                leased_until = now() + make_interval(secs => $3),
                matched = $4, modified = $5, unchanged = $6, skipped = $7, failed = $8, scanned = $9,
                after = nullif($10, ''),
                pending = case when state = 'running' then $11::text[] else '{}' end,
                pending_at = $12,
                settled = state <> 'running' or $13 <> '',
                state = case when state = 'running' and $13 <> '' then $13 else state end,
                ended_at = case when state = 'running' and $13 <> '' then now() else ended_at end,
                problem = case when state = 'running' then nullif($14, '') else problem end
              where id = $1 and owner = $2
              returning id, state),
            kept as (
              insert into job_results (job, ordinal, failed, result)
              select a.id, r.ordinal, r.failed = 1, r.result
              from advanced a cross join unnest($15::bigint[], $16::int[], $17::text[]) as r(ordinal, failed, result)
              on conflict do nothing)
            select state from advanced
            """;

    static final String RELEASE = "update jobs set leased_until = null, owner = null where owner = $1 and not settled";

    static final String PURGE = """
            with purged as (
              delete from jobs where id = any(array(
                select id from jobs where settled
                  and ended_at < now() - make_interval(secs => case when brief then $2 else $1 end)
                order by ended_at limit $3 for update skip locked))
              returning 1)
            select count(*) as purged from purged
            """;

    private JobStatements() {}

    static Object[] created(NewJob job, Lease lease) {
        return new Object[] {
            job.database(),
            orEmpty(job.key()),
            job.fingerprint(),
            text(JobRequestJson.writeStored(job.request())),
            job.brief(),
            orEmpty(job.start().after()),
            orEmpty(job.start().until()),
            SqlArray.texts(job.start().pending(), id -> id),
            job.start().pendingAt(),
            lease.owner(),
            seconds(lease)
        };
    }

    static Object[] advanced(long job, Lease lease, JobAdvance advance) {
        UpdateCounts counts = advance.counts();
        JobAdvance.End end = advance.end();
        List<JobAdvance.Kept> results = advance.results();
        return new Object[] {
            job,
            lease.owner(),
            seconds(lease),
            counts.matched(),
            counts.modified(),
            counts.unchanged(),
            counts.skipped(),
            counts.failed(),
            advance.scanned(),
            orEmpty(advance.place().after()),
            SqlArray.texts(advance.place().pending(), id -> id),
            advance.place().pendingAt(),
            end == null ? "" : name(end.state()),
            end == null || end.problem() == null ? "" : text(ProblemJson.write(end.problem())),
            SqlArray.longs(results, JobAdvance.Kept::ordinal),
            SqlArray.ints(results, kept -> kept.result() instanceof UpdateResult.Failed ? 1 : 0),
            SqlArray.utf8(results, kept -> UpdateReportJson.writeStored(kept.result()))
        };
    }

    static double seconds(Lease lease) {
        return lease.length().toMillis() / 1e3;
    }

    static StoredJob job(Row row) {
        String problem = row.get("problem", String.class);
        Job job = new Job(
                DocumentRows.number(row, "id"),
                JobRequestJson.readStored(string(row, "database"), bytes(string(row, "request"))),
                state(row),
                new UpdateCounts(
                        DocumentRows.number(row, "matched"),
                        DocumentRows.number(row, "modified"),
                        DocumentRows.number(row, "unchanged"),
                        DocumentRows.number(row, "skipped"),
                        DocumentRows.number(row, "failed")),
                new Job.Progress(
                        DocumentRows.number(row, "scanned"),
                        row.get("after", String.class),
                        DocumentRows.time(row, "created_at"),
                        ended(row)),
                problem == null ? null : problem(problem),
                List.of());
        JobPlace place = new JobPlace(
                row.get("after", String.class),
                row.get("until", String.class),
                List.of(Objects.requireNonNull(row.get("pending", String[].class))),
                DocumentRows.time(row, "pending_at"));
        return new StoredJob(
                job, string(row, "fingerprint"), place, Boolean.TRUE.equals(row.get("settled", Boolean.class)));
    }

    static Job.State state(Row row) {
        return Job.State.valueOf(string(row, "state").toUpperCase(Locale.ROOT));
    }

    static UpdateResult result(String database, Row row) {
        return UpdateReportJson.readStored(database, bytes(string(row, "result")));
    }

    private static @Nullable Instant ended(Row row) {
        return row.get("ended_at", Long.class) == null ? null : DocumentRows.time(row, "ended_at");
    }

    private static Problem problem(String json) {
        return ProblemJson.read(bytes(json));
    }

    private static String name(Job.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String string(Row row, String column) {
        return Objects.requireNonNull(row.get(column, String.class), column);
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
