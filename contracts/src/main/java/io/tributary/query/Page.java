package io.tributary.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the documents that a query is about.
 *
 * @param documents in the query's order
 * @param cursor where the next page begins, null when this is the last
 * @param total how many documents match in all, null unless the query asked for it
 */
public record Page(
        List<Document> documents,
        @Nullable String cursor,
        @Nullable Long total) {

    public Page {
        documents = List.copyOf(documents);
    }
}
