package io.tributary.query;

import io.tributary.change.Problem;
import io.tributary.name.DocumentName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What an update by query did to one document that matched. */
public sealed interface UpdateResult {

    DocumentName document();

    /**
     * The action was applied.
     *
     * @param version the document's version afterwards; of a dry run its version now
     * @param time when that version was committed, null when the document does not exist
     * @param modified whether anything changed
     */
    record Applied(
            DocumentName document, long version, @Nullable Instant time, boolean modified) implements UpdateResult {}

    /** When its turn came, the document did not match any more. Nothing of it was changed. */
    record Skipped(DocumentName document) implements UpdateResult {}

    /** The action could not be applied. Nothing of the document was changed, unless the problem says otherwise. */
    record Failed(DocumentName document, Problem problem) implements UpdateResult {}
}
