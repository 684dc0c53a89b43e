package io.tributary.service.lane;

import io.tributary.change.Outcome;
import io.tributary.change.Problem;

/** What a submission is answered with. */
public sealed interface Answer {

    /**
     * The write reached its document, and what became of it is durable.
     *
     * @param replayed whether the outcome is that of an earlier write with the same id
     */
    record Decided(Outcome outcome, boolean replayed) implements Answer {}

    /** The write did not reach its document ({@code busy}, {@code unavailable}), or nobody knows ({@code outcome-unknown}). */
    record GivenUp(Problem problem) implements Answer {}
}
