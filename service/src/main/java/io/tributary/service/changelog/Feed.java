package io.tributary.service.changelog;

import io.tributary.service.store.LaneState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One lane's way to the changelog: which turns there are, which were sent, which are acknowledged. Belongs to the
 * publisher's thread, but for what is volatile.
 */
final class Feed {

    /** What a turn takes in memory beside its publications, roughly. */
    private static final long TURN_BYTES = 128;

    /** Where a feed stands. */
    enum Phase {
        /** Has to find out how far the changelog is. */
        SEEKING,
        /** Sends turn after turn. */
        SENDING,
        /** The broker refuses its next record; it is tried again after a long pause. */
        REFUSED,
        /** Cannot go on without an operator. */
        STOPPED;

        /** Whether nothing moves before somebody has done something about it. */
        boolean stands() {
            return this == REFUSED || this == STOPPED;
        }
    }

    /** A committed turn in memory. */
    record Committed(long turn, Instant at, List<Publication> publications, long bytes) {

        static Committed of(long turn, Instant at, List<Publication> publications) {
            long bytes = publications.stream().mapToLong(Publication::bytes).sum();
            return new Committed(turn, at, publications, bytes + TURN_BYTES);
        }
    }

    /** A turn whose publications are on their way; they may be acknowledged before those of an earlier turn. */
    static final class InFlight {

        private final long turn;
        private final Instant at;
        private final long bytes;
        private boolean acknowledged;

        private InFlight(Committed turn) {
            this.turn = turn.turn();
            this.at = turn.at();
            this.bytes = turn.bytes();
        }
    }

    private record Acknowledged(long turn, Instant when) {}

    private final int lane;
    private final PublisherSettings settings;
    private final Deque<Committed> waiting = new ArrayDeque<>();
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final Deque<Acknowledged> acknowledged = new ArrayDeque<>();

    /** Read by metrics. */
    private volatile Phase phase = Phase.SEEKING;

    /** Whether a refusal was told of, and nothing was acknowledged since. */
    private boolean refusalTold;

    private LaneState newest;
    private Instant newestSince;
    private long sent;
    private long publishedSequence;
    private long bytes;
    private boolean reading;
    private long sweptTo;

    /** The last turn that may be removed from the store; read by committers. */
    private volatile long sweepableTo;

    /** When the oldest turn that is not acknowledged was committed; null when all are. Read by metrics. */
    private volatile @Nullable Instant oldestUnpublished;

    Feed(LaneState state, PublisherSettings settings) {
        this.lane = state.lane();
        this.settings = settings;
        this.newest = state;
        this.newestSince = state.committedAt();
        this.sent = state.oldestTurn() - 1;
        this.sweptTo = sent;
        this.sweepableTo = sent;
    }

    int lane() {
        return lane;
    }

    Phase phase() {
        return phase;
    }

    void stop() {
        phase = Phase.STOPPED;
        waiting.clear();
        markOldest();
    }

    /** Goes back to the oldest turn that is not acknowledged and stands there; true when that is news. */
    boolean refused() {
        seek();
        phase = Phase.REFUSED;
        boolean news = !refusalTold;
        refusalTold = true;
        return news;
    }

    /** Goes back to the oldest turn that is not acknowledged. */
    void seek() {
        phase = Phase.SEEKING;
        sent = inFlight.isEmpty() ? sent : inFlight.getFirst().turn - 1;
        inFlight.clear();
        waiting.clear();
        bytes = 0;
        markOldest();
    }

    /** Goes on behind the number that the changelog ends with. */
    void found(long lastSequence) {
        publishedSequence = lastSequence;
        phase = Phase.SENDING;
        markOldest();
    }

    /** The newest number of the lane: no changelog can be ahead of it. */
    long newestSequence() {
        return newest.sequence();
    }

    /** Hears of a new turn; its publications are null when only the store has them. */
    void committed(LaneState state, @Nullable List<Publication> publications) {
        if (allSent() && inFlight.isEmpty()) {
            newestSince = state.committedAt();
        }
        newest = state;
        sweptTo = Math.max(sweptTo, state.oldestTurn() - 1);
        if (publications != null && !phase.stands()) {
            keep(Committed.of(state.turn(), state.committedAt(), publications));
        }
        markOldest();
    }

    /** What finds no room is read from the store when its turn comes. */
    private void keep(Committed turn) {
        if (bytes + turn.bytes() <= settings.bytesInMemory() || (waiting.isEmpty() && inFlight.isEmpty())) {
            bytes += turn.bytes();
            waiting.addLast(turn);
        }
    }

    boolean allSent() {
        return sent >= newest.turn();
    }

    boolean allPublished() {
        return allSent() && inFlight.isEmpty();
    }

    /** The next turn, when it is in memory. */
    @Nullable
    Committed nextInMemory() {
        Committed next = waiting.peekFirst();
        return next != null && next.turn() == sent + 1 ? waiting.pollFirst() : null;
    }

    /** The last turn that has to be read from the store: everything before what is in memory. */
    long readTo() {
        Committed next = waiting.peekFirst();
        return next == null ? newest.turn() : next.turn() - 1;
    }

    boolean reading() {
        return reading;
    }

    void reading(boolean reading) {
        this.reading = reading;
    }

    long sent() {
        return sent;
    }

    boolean full() {
        return bytes > settings.bytesInMemory() && !inFlight.isEmpty();
    }

    /** The publications of a turn that the changelog does not have yet. */
    List<Publication> unpublished(List<Publication> publications) {
        return publications.stream()
                .filter(publication -> !(publication instanceof Publication.ChangeRecord change)
                        || change.lastSequence() > publishedSequence)
                .toList();
    }

    /** Notes that a turn goes out now, which is told here again when it is {@link #acknowledged}. */
    InFlight sending(Committed turn, boolean fromMemory) {
        sent = turn.turn();
        bytes += fromMemory ? 0 : turn.bytes();
        InFlight sending = new InFlight(turn);
        inFlight.addLast(sending);
        markOldest();
        return sending;
    }

    /** Passes over turns that leave nothing to be published. */
    void skipTo(long turn) {
        sent = Math.max(sent, turn);
        markOldest();
    }

    /**
     * Notes that a turn is acknowledged. It counts once all turns before it are, too.
     *
     * @return whether one counts, and it is the first since a refusal
     */
    boolean acknowledged(InFlight turn, Instant now) {
        turn.acknowledged = true;
        boolean counts = false;
        while (!inFlight.isEmpty() && inFlight.getFirst().acknowledged) {
            InFlight first = inFlight.removeFirst();
            bytes -= first.bytes;
            acknowledged.addLast(new Acknowledged(first.turn, now));
            counts = true;
        }
        markOldest();
        boolean mended = counts && refusalTold;
        refusalTold &= !mended;
        return mended;
    }

    /** Lets turns go that have been acknowledged for long enough. */
    void expire(Instant now) {
        Instant before = now.minus(settings.keep());
        while (!acknowledged.isEmpty() && !acknowledged.getFirst().when().isAfter(before)) {
            sweepableTo = acknowledged.removeFirst().turn();
        }
        if (inFlight.isEmpty() && acknowledged.isEmpty() && phase == Phase.SENDING) {
            sweepableTo = Math.max(sweepableTo, Math.min(sent, newest.turn() - 1));
        }
    }

    long sweepableTo() {
        return sweepableTo;
    }

    /** The last turn that is known to be swept. */
    long sweptTo() {
        return sweptTo;
    }

    void sweptTo(long turn) {
        sweptTo = Math.max(sweptTo, turn);
    }

    /** Whether there is something to sweep, and no commit that would do it soon. */
    boolean awaitsSweeping() {
        return allSent() && sweptTo < sweepableTo;
    }

    Duration lag(Instant now) {
        Instant since = oldestUnpublished;
        return since == null || since.isAfter(now) ? Duration.ZERO : Duration.between(since, now);
    }

    private void markOldest() {
        if (!inFlight.isEmpty()) {
            oldestUnpublished = inFlight.getFirst().at;
        } else if (!waiting.isEmpty()) {
            oldestUnpublished = waiting.getFirst().at();
        } else {
            oldestUnpublished = allSent() ? null : newestSince;
        }
    }
}
