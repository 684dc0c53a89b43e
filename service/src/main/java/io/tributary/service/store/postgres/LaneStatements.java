package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.OwnedLane;
import io.tributary.service.store.StoredTurn;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Statements on lanes and their turns, other than the commit. */
final class LaneStatements {

    private static final String LOCK = """
            select l.lane
            from unnest($1::int[], $2::bigint[]) as w(lane, epoch)
            join lanes l on l.lane = w.lane and w.epoch in (l.epoch, -1)
            order by l.lane for no key update of l
            """;

    private static final String ALL = """
            select l.lane, l.owner, l.epoch, newest.turn, newest.sequence, newest.next_offset,
              (extract(epoch from newest.committed_at) * 1000000)::bigint as committed_at,
              oldest.turn as oldest
            from lanes l
            cross join lateral (select * from turns t where t.lane = l.lane order by t.turn desc limit 1) newest
            cross join lateral (select t.turn from turns t where t.lane = l.lane order by t.turn limit 1) oldest
            """;

    private static final String STATES = ALL + "where l.lane = any($1::int[])";

    private static final String IN_ORDER = ALL + "order by l.lane";

    private static final String TAKE_OVER =
            "update lanes set epoch = epoch + 1, owner = $2 where lane = $1 returning epoch";

    private static final String FENCE =
            "update lanes set epoch = epoch + 1 where lane = $1 and epoch = $2 returning epoch";

    private static final String COMMIT_ID = "select commit_id from turns where lane = $1 and turn = $2";

    private static final String TURNS = """
            select turn, sequence, records,
              (extract(epoch from committed_at) * 1000000)::bigint as committed_at,
              coalesce(payload, '') as payload
            from turns
            where lane = $1 and turn > $2 and (payload is not null or records > 0)
            order by turn limit $3
            """;

    private static final String SWEEP = """
            with at_leisure as materialized (select set_config('synchronous_commit', 'off', true))
            delete from turns t using at_leisure
            where t.lane = $1 and t.turn between $2
              and least($3, (select newest.turn - 1 from turns newest where newest.lane = $1
                             order by newest.turn desc limit 1))
            """;

    private LaneStatements() {}

    /** Locks lanes until the transaction ends and emits those that are owned at the given epoch. */
    static Mono<Set<Integer>> lock(Wire wire, Map<Integer, Long> epochs) {
        return Mono.defer(() -> {
            Collection<Map.Entry<Integer, Long>> lanes = epochs.entrySet();
            return wire.rows(
                            LOCK,
                            row -> lane(row),
                            SqlArray.ints(lanes, Map.Entry::getKey),
                            SqlArray.longs(lanes, Map.Entry::getValue))
                    .map(HashSet::new);
        });
    }

    static Mono<Map<Integer, LaneState>> states(Wire wire, Set<Integer> lanes) {
        return Mono.defer(() -> wire.rows(STATES, LaneStatements::state, SqlArray.ints(lanes, lane -> lane)))
                .map(states -> states.stream().collect(Collectors.toMap(LaneState::lane, state -> state)));
    }

    static Mono<List<OwnedLane>> owned(Wire wire) {
        return wire.rows(IN_ORDER, row -> new OwnedLane(row.get("owner", String.class), state(row)));
    }

    static Mono<LaneState> takeOver(Wire wire, int lane, String owner) {
        return wire.rows(TAKE_OVER, LaneStatements::epoch, lane, owner)
                .flatMap(LaneStatements::first)
                .flatMap(epoch -> states(wire, Set.of(lane)).map(states -> owned(states, lane, epoch)))
                .switchIfEmpty(Mono.error(() -> new IllegalArgumentException("there is no lane " + lane)));
    }

    static Mono<Long> fence(Wire wire, int lane, long epoch) {
        return wire.rows(FENCE, LaneStatements::epoch, lane, epoch).flatMap(LaneStatements::first);
    }

    static Mono<UUID> commitId(Wire wire, int lane, long turn) {
        return wire.rows(COMMIT_ID, row -> Objects.requireNonNull(row.get("commit_id", UUID.class)), lane, turn)
                .flatMap(LaneStatements::first);
    }

    static Mono<List<StoredTurn>> turns(Wire wire, int lane, long after, int limit) {
        return wire.rows(TURNS, row -> turn(lane, row), lane, after, limit);
    }

    static Mono<Void> sweep(Wire wire, int lane, long from, long to) {
        return wire.run(SWEEP, lane, from, to);
    }

    private static <T> Mono<T> first(List<T> found) {
        return found.isEmpty() ? Mono.empty() : Mono.just(found.getFirst());
    }

    /** The state at the epoch that this owner has, though another may have raised it since. */
    private static LaneState owned(Map<Integer, LaneState> states, int lane, long epoch) {
        LaneState state = Objects.requireNonNull(states.get(lane), "a lane always has a turn");
        return new LaneState(
                lane,
                epoch,
                state.turn(),
                state.sequence(),
                state.nextOffset(),
                state.committedAt(),
                state.oldestTurn());
    }

    private static LaneState state(Row row) {
        return new LaneState(
                lane(row),
                epoch(row),
                DocumentRows.number(row, "turn"),
                DocumentRows.number(row, "sequence"),
                DocumentRows.number(row, "next_offset"),
                DocumentRows.time(row, "committed_at"),
                DocumentRows.number(row, "oldest"));
    }

    private static StoredTurn turn(int lane, Row row) {
        return new StoredTurn(
                lane,
                DocumentRows.number(row, "turn"),
                DocumentRows.number(row, "sequence"),
                Objects.requireNonNull(row.get("records", Integer.class)),
                DocumentRows.time(row, "committed_at"),
                Objects.requireNonNull(row.get("payload", byte[].class)));
    }

    private static int lane(Row row) {
        return Objects.requireNonNull(row.get("lane", Integer.class));
    }

    private static long epoch(Row row) {
        return DocumentRows.number(row, "epoch");
    }
}
