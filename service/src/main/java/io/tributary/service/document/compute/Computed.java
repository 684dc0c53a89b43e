package io.tributary.service.document.compute;

import io.tributary.value.Value;

/** What came of the evaluation of an expression. */
public sealed interface Computed {

    /** Its value. */
    record Result(Value value) implements Computed {}

    /** An integer on the way does not fit into 64 bits. */
    record Overflow() implements Computed {}

    /**
     * It has no value for this document.
     *
     * @param reason with the place in the expression, where that is known
     */
    record Failure(String reason) implements Computed {}
}
