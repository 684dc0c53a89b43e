package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.store.Commit;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Turn;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The one statement that writes: fence, documents, outcomes, outbox and sweep of all lanes of a commit.
 *
 * <p>What guards is a row lock ({@code held}) or a unique key ({@code taken}), never what a sub-select reads: all parts of
 * a statement see the snapshot from before it waited. The division makes a statement fail itself, and so write nothing,
 * when a document has not the version that the batch was computed on; as {@code else 1 / 0} it would be folded to a
 * constant and always fail. Only the row of a tombstone may be gone: see {@link Tombstones}.
 *
 * <p>The driver reads a statement's text each time it runs: blanks are left out.
 */
final class CommitStatement {

    private static final String SQL = """
            with wanted as materialized (
              select * from unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::int[], $6::bigint[],
                  $7::timestamptz[], $8::bytea[], $9::bigint[], $10::bigint[])
                as w(lane, epoch, turn, sequence, records, next_offset, at, payload, sweep_from, sweep_to)),
            held as materialized (
              select l.lane from lanes l join wanted w on w.lane = l.lane and w.epoch = l.epoch
              order by l.lane for no key update of l %s),
            taken as (
              insert into turns (lane, turn, epoch, sequence, records, next_offset, committed_at, commit_id, payload)
              select w.lane, w.turn, w.epoch, w.sequence, w.records, w.next_offset, w.at, $11::uuid, w.payload
              from held h join wanted w on w.lane = h.lane
              cross join lateral (
                select * from turns p where p.lane = w.lane and p.turn = w.turn - 1 limit 1) p
              where p.sequence = w.sequence - w.records and p.next_offset <= w.next_offset and p.committed_at < w.at
              on conflict (lane, turn) do nothing
              returning lane),
            input as materialized (
              select i.* from taken t join unnest($12::int[], $13::text[], $14::text[], $15::text[], $16::bigint[],
                  $17::bigint[], $18::bigint[], $19::text[], $20::timestamptz[], $21::timestamptz[], $22::timestamptz[],
                  $23::text[], $24::text[])
                as i(lane, database, collection, id, number, expected, version, data, committed, created, updated,
                  creator, updater) on i.lane = t.lane),
            changed as (
              insert into documents as d (database, collection, id, number, version, previous, data, committed_at,
                created_at, updated_at, created_by, updated_by, deleted, deleted_at)
              select database, collection, id, number, version, expected, data::jsonb, committed,
                created, updated, creator, updater, data is null, case when data is null then committed end
              from input
              on conflict (database, collection, id) do update set
                version = excluded.version, previous = abs(excluded.previous), data = excluded.data,
                committed_at = excluded.committed_at, created_at = excluded.created_at,
                updated_at = excluded.updated_at, created_by = excluded.created_by,
                updated_by = excluded.updated_by, deleted = excluded.deleted, deleted_at = excluded.deleted_at
                where d.version = abs(excluded.previous)
              returning (d.xmax = 0) = (d.previous <= 0) as fits),
            remembered as (
              insert into idempotency (lane, key, fingerprint, outcome, stored_at)
              select i.lane, i.key, i.fingerprint, i.outcome, i.stored_at
              from taken t join unnest($25::int[], $26::bytea[], $27::bytea[], $28::bytea[], $29::timestamptz[])
                as i(lane, key, fingerprint, outcome, stored_at) on i.lane = t.lane),
            swept as (
              delete from turns o using taken t join wanted w on w.lane = t.lane
              where o.lane = w.lane and o.turn between w.sweep_from and least(w.sweep_to, w.turn - 1))
            select
              (select array_agg(lane order by lane) from held) as held,
              (select array_agg(lane order by lane) from taken) as taken,
              1 / (case when (select count(*) from changed where fits) = (select count(*) from input)
                then 1 else 0 end) as whole
            """.replaceAll("\\s+", " ");

    private static final String SKIPPING_LOCKED = SQL.formatted("skip locked");
    private static final String BLOCKING = SQL.formatted("");

    private final Object[] parameters;

    private CommitStatement(Object[] parameters) {
        this.parameters = parameters;
    }

    /** Makes a commit ready to be sent, once. */
    static CommitStatement of(Commit commit) {
        return new CommitStatement(parameters(commit));
    }

    /** Commits what it can take at once; lanes that somebody has locked are not held. */
    Mono<Receipt> skippingLocked(Wire wire) {
        return run(wire, SKIPPING_LOCKED);
    }

    /** Waits for the locks of the lanes. */
    Mono<Receipt> blocking(Wire wire) {
        return run(wire, BLOCKING);
    }

    private Mono<Receipt> run(Wire wire, String sql) {
        return wire.rows(sql, CommitStatement::receipt, parameters).map(List::getFirst);
    }

    private static Object[] parameters(Commit commit) {
        Collection<Turn> turns = commit.turns();
        Collection<Commit.Row> rows = commit.documents();
        Collection<Commit.Remembered> outcomes = commit.outcomes();
        return new Object[] {
            SqlArray.ints(turns, Turn::lane),
            SqlArray.longs(turns, Turn::epoch),
            SqlArray.longs(turns, Turn::turn),
            SqlArray.longs(turns, Turn::sequence),
            SqlArray.ints(turns, Turn::records),
            SqlArray.longs(turns, Turn::nextOffset),
            SqlArray.times(turns, Turn::at),
            SqlArray.bytes(turns, turn -> turn.payload().length == 0 ? null : turn.payload()),
            SqlArray.longs(turns, Turn::sweepFrom),
            SqlArray.longs(turns, Turn::sweepTo),
            commit.id(),
            SqlArray.ints(rows, Commit.Row::lane),
            SqlArray.texts(rows, row -> row.state().name().database()),
            SqlArray.texts(rows, row -> row.state().name().collection()),
            SqlArray.texts(rows, row -> row.state().name().id()),
            SqlArray.nullableLongs(rows, row -> boxed(row.state().name().number())),
            SqlArray.longs(rows, CommitStatement::expected),
            SqlArray.longs(rows, row -> row.state().version()),
            SqlArray.utf8(rows, Commit.Row::data),
            SqlArray.times(rows, time(Lifetime::time)),
            SqlArray.times(rows, time(Lifetime::createdAt)),
            SqlArray.times(rows, time(Lifetime::updatedAt)),
            SqlArray.texts(rows, row -> lifetime(row).createdBy()),
            SqlArray.texts(rows, row -> lifetime(row).updatedBy()),
            SqlArray.ints(outcomes, Commit.Remembered::lane),
            SqlArray.bytes(outcomes, outcome -> outcome.key().hash()),
            SqlArray.bytes(outcomes, Commit.Remembered::fingerprint),
            SqlArray.bytes(outcomes, Commit.Remembered::outcome),
            SqlArray.times(outcomes, Commit.Remembered::at)
        };
    }

    /** Below zero for a tombstone's version: a row that is not there fits as well. */
    private static long expected(Commit.Row row) {
        return row.ofTombstone() ? -row.previous() : row.previous();
    }

    private static @Nullable Long boxed(OptionalLong number) {
        return number.isPresent() ? number.getAsLong() : null;
    }

    private static Function<Commit.Row, Instant> time(Function<Lifetime, Instant> of) {
        return row -> of.apply(lifetime(row));
    }

    private static Lifetime lifetime(Commit.Row row) {
        return Objects.requireNonNull(row.state().lifetime(), "a document to store has a lifetime");
    }

    private static Receipt receipt(Row row) {
        return new Receipt(lanes(row, "held"), lanes(row, "taken"));
    }

    private static Set<Integer> lanes(Row row, String column) {
        Integer[] lanes = row.get(column, Integer[].class);
        return lanes == null ? Set.of() : Set.of(lanes);
    }
}
