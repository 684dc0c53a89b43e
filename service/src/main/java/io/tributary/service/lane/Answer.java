package io.tributary.service.lane;

import io.tributary.change.BatchOutcome;
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

    /**
     * The batch reached its documents, and what became of it is durable.
     *
     * @param replayed whether the outcome is that of an earlier batch with the same id
     */
    record DecidedBatch(BatchOutcome outcome, boolean replayed) implements Answer {}

    /** Nothing reached a document ({@code busy}, {@code unavailable}), or nobody knows ({@code outcome-unknown}). */
    record GivenUp(Problem problem) implements Answer {}
}
