package io.tributary.change;

import io.tributary.value.ValueType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a write or a request was refused (RFC 9457). Names the offending part as far as it is known.
 *
 * @param type the kind, which decides the status
 * @param detail one sentence for a person; holds no document content
 * @param document the document's path
 * @param operator the operator's name on the wire
 * @param path the field's dotted path
 * @param expected the type that was needed
 * @param actual the type that was found
 * @param current the document's state that a condition was judged on
 * @param pointer a JSON Pointer (RFC 6901) to the fault in the request's body
 * @param index the position of the write in its batch
 */
public record Problem(
        ProblemType type,
        String detail,
        @Nullable String document,
        @Nullable String operator,
        @Nullable String path,
        @Nullable ValueType expected,
        @Nullable ValueType actual,
        @Nullable Current current,
        @Nullable String pointer,
        @Nullable Integer index) {

    /** The version and time of a document; 0 and null when it does not exist. */
    public record Current(long version, @Nullable Instant time) {}

    /** A problem that names nothing yet. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, null, null, null, null, null, null);
    }

    public Problem withDocument(String document) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }

    /** Names the operator and the field it was about. */
    public Problem withOperator(String operator, String path) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }

    public Problem withTypes(ValueType expected, ValueType actual) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }

    public Problem withCurrent(Current current) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }

    public Problem withPointer(String pointer) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }

    public Problem withIndex(int index) {
        return new Problem(type, detail, document, operator, path, expected, actual, current, pointer, index);
    }
}
