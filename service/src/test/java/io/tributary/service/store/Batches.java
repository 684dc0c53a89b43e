package io.tributary.service.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Turns and commits for tests. */
public final class Batches {

    private static final byte[] NOTHING = {};

    private Batches() {}

    /** The turn that follows a state, with that many changelog records, and with a payload when there are any. */
    public static Turn next(LaneState state, int records) {
        return new Turn(
                state.lane(),
                state.epoch(),
                state.turn() + 1,
                state.sequence() + records,
                records,
                state.nextOffset(),
                state.committedAt().plusNanos(1_000),
                records == 0 ? NOTHING : payload(state.turn() + 1),
                1,
                0);
    }

    /** The payload of {@link #next}. */
    public static byte[] payload(long turn) {
        return new byte[] {0, '\\', '"', (byte) 0xff, (byte) turn};
    }

    /** A lane as a turn leaves it. */
    public static LaneState after(LaneState state, Turn turn) {
        return new LaneState(
                turn.lane(),
                turn.epoch(),
                turn.turn(),
                turn.sequence(),
                turn.nextOffset(),
                turn.at(),
                state.oldestTurn());
    }

    public static Commit of(Turn... turns) {
        return new Commit(UUID.randomUUID(), List.of(turns), List.of(), List.of());
    }

    public static Commit of(List<Turn> turns, Commit.Row... rows) {
        return new Commit(UUID.randomUUID(), turns, List.of(rows), List.of());
    }

    /** A turn whose time is another. */
    public static Turn at(Turn turn, Instant at) {
        return new Turn(
                turn.lane(),
                turn.epoch(),
                turn.turn(),
                turn.sequence(),
                turn.records(),
                turn.nextOffset(),
                at,
                turn.payload(),
                turn.sweepFrom(),
                turn.sweepTo());
    }
}
