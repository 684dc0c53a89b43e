package io.tributary.write;

import io.tributary.name.DocumentName;
import org.jspecify.annotations.Nullable;

/**
 * One request to change one document. Immutable; built by {@link #of}, refined by the withers.
 *
 * @param document what to change
 * @param action what to do
 * @param condition what must hold for it, {@link Condition#NONE} for nothing
 * @param id makes the write idempotent: 1 to 255 visible ASCII characters, null for a write of its own
 * @param options how to answer and what to record beside the data
 */
public record Write(
        DocumentName document,
        Action action,
        Condition condition,
        @Nullable String id,
        WriteOptions options) {

    private static final int MAX_ID = 255;

    /** An unconditional write with default options and no id. */
    public static Write of(DocumentName document, Action action) {
        return new Write(document, action, Condition.NONE, null, WriteOptions.DEFAULT);
    }

    /** Whether a text may be the id of a write. */
    public static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID && text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    public Write withCondition(Condition condition) {
        return new Write(document, action, condition, id, options);
    }

    public Write withId(@Nullable String id) {
        return new Write(document, action, condition, id, options);
    }

    public Write withOptions(WriteOptions options) {
        return new Write(document, action, condition, id, options);
    }
}
