package io.tributary.service.document;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.ValueJson;
import io.tributary.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * What a document may be: how far it may grow, and what it must be like.
 *
 * @param bytes the size of its compact JSON in UTF-8
 * @param nesting maps and arrays inside one another, the document itself counted
 * @param schemas what the documents of each collection must be like
 */
public record DocumentLimits(int bytes, int nesting, DocumentSchemas schemas) {

    /** What the interface promises unless configured otherwise. */
    public static final DocumentLimits DEFAULT = new DocumentLimits(1 << 20, 20);

    /** Schemas judge what is this many times larger than a document may be, so that they can speak first. */
    private static final int JUDGED_BEYOND = 2;

    /** @throws IllegalArgumentException when a limit is not positive */
    public DocumentLimits {
        if (bytes < 1 || nesting < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }

    /** Limits of size alone. */
    public DocumentLimits(int bytes, int nesting) {
        this(bytes, nesting, DocumentSchemas.NONE);
    }

    public DocumentLimits withSchemas(DocumentSchemas schemas) {
        return new DocumentLimits(bytes, nesting, schemas);
    }

    /** Why {@code value} cannot be looked at by a schema, null when it can: it is far too large for a document anyway. */
    @Nullable
    Problem unseen(Value value) {
        int most = (int) Math.min(Integer.MAX_VALUE, (long) JUDGED_BEYOND * bytes);
        return ValueJson.nesting(value) > nesting || isLarger(value, most) ? refusal(value) : null;
    }

    /** Whether {@code value} keeps within the limits. */
    boolean admit(Value value) {
        return refusal(value) == null;
    }

    /** Why {@code value} cannot be a document, null when it can. */
    @Nullable
    Problem refusal(Value value) {
        if (ValueJson.nesting(value) > nesting) {
            return tooLarge("the document would be nested deeper than " + nesting + " levels");
        }
        return isLarger(value, bytes)
                ? tooLarge("the document would be larger than " + bytes + " bytes of JSON")
                : null;
    }

    /** Whether the compact JSON of {@code value} takes more than {@code bytes}; counts only when that is possible. */
    static boolean isLarger(Value value, int bytes) {
        return SizeBound.of(value) > bytes && ValueJson.size(value) > bytes;
    }

    private static Problem tooLarge(String detail) {
        return Problem.of(ProblemType.DOCUMENT_TOO_LARGE, detail);
    }
}
