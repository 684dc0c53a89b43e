package io.tributary.change;

/** What became of one line of a bulk. */
public sealed interface BulkAnswer {

    /** Which line it was; they count from 1, empty ones too. */
    long line();

    /** The write of the line was applied. */
    record Applied(long line, Outcome.Applied outcome) implements BulkAnswer {}

    /** The line changed nothing: it was no write, its document refused it, or the service could not take it. */
    record Refused(long line, Problem problem) implements BulkAnswer {}
}
