package io.tributary.service.query;

import io.tributary.service.document.DocumentState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer to a query.
 *
 * @param documents existing documents in the query's order, at most its limit; fewer where they are large
 * @param cursor where to go on, null when this is the end
 * @param total how many documents match in the whole collection, null unless asked for
 */
public record Page(
        List<DocumentState> documents,
        @Nullable String cursor,
        @Nullable Long total) {

    public Page {
        documents = List.copyOf(documents);
    }
}
