package io.tributary.service.http.bulk;

/** A line of a body that is not blank. Lines count from 1, blank ones too. */
sealed interface Line {

    long number();

    /** A line without its line feed. */
    record Whole(long number, byte[] bytes) implements Line {}

    /** A line that is longer than allowed, and was skipped. */
    record TooLong(long number) implements Line {}
}
