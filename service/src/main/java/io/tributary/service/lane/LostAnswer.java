package io.tributary.service.lane;

import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import java.util.Set;
import java.util.UUID;
import reactor.core.publisher.Mono;

/**
 * Finds out what became of a statement whose answer was lost. Raises the epoch of the lane first, which waits for the
 * statement if it is still under way and defeats it if it comes later; only then does the absence of its commit prove that
 * nothing was applied.
 */
final class LostAnswer {

    private final Session session;

    LostAnswer(Session session) {
        this.session = session;
    }

    /** What became of the statement in one lane. */
    enum Verdict {
        APPLIED,
        NOT_APPLIED,
        /** The turn was made by somebody, and swept. */
        UNKNOWN
    }

    /**
     * @param epoch the lane's epoch now, {@link #LOST} when another has taken the lane over
     */
    record Finding(Verdict verdict, long epoch) {

        static final long LOST = -1;

        boolean lost() {
            return epoch == LOST;
        }
    }

    /**
     * Emits what became of a commit in one lane.
     *
     * @param before the lane's state that the commit was planned on
     */
    Mono<Finding> find(UUID commit, LaneState before) {
        return session.fence(before.lane(), before.epoch())
                .defaultIfEmpty(Finding.LOST)
                .flatMap(epoch -> verdict(commit, before).map(verdict -> new Finding(verdict, epoch)));
    }

    private Mono<Verdict> verdict(UUID commit, LaneState before) {
        return session.commitId(before.lane(), before.turn() + 1)
                .map(id -> id.equals(commit) ? Verdict.APPLIED : Verdict.NOT_APPLIED)
                .switchIfEmpty(session.lanes(Set.of(before.lane())).map(states -> {
                    LaneState now = states.get(before.lane());
                    return now != null && now.turn() > before.turn() ? Verdict.UNKNOWN : Verdict.NOT_APPLIED;
                }));
    }
}
