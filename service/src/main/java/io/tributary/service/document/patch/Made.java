package io.tributary.service.document.patch;

import io.tributary.value.Value;
import io.tributary.value.ValueType;
import org.jspecify.annotations.Nullable;

/** What an operator makes of a field. */
public sealed interface Made {

    /**
     * The field has this value afterwards.
     *
     * @param value null when the field is missing afterwards
     */
    record Field(@Nullable Value value) implements Made {}

    /** The operator works on another type only. */
    record Mismatch(ValueType expected, ValueType actual) implements Made {}

    /** The operator has no result on this document. */
    record Failure(String reason) implements Made {}

    /** The result is an integer that does not fit into 64 bits. */
    record Overflow() implements Made {}
}
