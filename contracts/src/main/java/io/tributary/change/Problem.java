package io.tributary.change;

import io.tributary.value.ValueType;
import java.time.Instant;
import java.util.List;
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
 * @param stale the documents of a batch that are no longer at the versions that it read; empty for any other problem
 * @param violations what the document would have that its schema does not allow; empty for any other problem
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
        @Nullable Integer index,
        List<Stale> stale,
        List<Violation> violations) {

    public Problem {
        stale = List.copyOf(stale);
        violations = List.copyOf(violations);
    }

    /** The version and time of a document; 0 and null when it does not exist. */
    public record Current(long version, @Nullable Instant time) {}

    /**
     * A document that changed after it was read.
     *
     * @param document its path
     * @param version its version now; 0 when it does not exist
     */
    public record Stale(String document, long version) {}

    /**
     * A part of a document that is not as its schema says.
     *
     * @param pointer a JSON Pointer (RFC 6901) into the document's data; to a field that is missing, where it should be
     * @param detail one sentence for a person; holds no document content
     */
    public record Violation(String pointer, String detail) {}

    /** A problem that names nothing yet. */
    public static Problem of(ProblemType type, String detail) {
        return new Problem(type, detail, null, null, null, null, null, null, null, null, List.of(), List.of());
    }

    public Problem withDocument(String document) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    /** Names the operator and the field it was about. */
    public Problem withOperator(String operator, String path) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withTypes(ValueType expected, ValueType actual) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withCurrent(Current current) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withPointer(String pointer) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withIndex(int index) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withStale(List<Stale> stale) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }

    public Problem withViolations(List<Violation> violations) {
        return new Problem(
                type, detail, document, operator, path, expected, actual, current, pointer, index, stale, violations);
    }
}
