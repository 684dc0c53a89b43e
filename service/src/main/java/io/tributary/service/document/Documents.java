package io.tributary.service.document;

import io.tributary.service.document.filter.Filters;
import io.tributary.service.document.filter.Ordering;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import io.tributary.write.Subject.SystemField;
import io.tributary.write.Write;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What writes, filters and orders do with documents. Pure: the same arguments give the same answer. */
public final class Documents {

    private Documents() {}

    /**
     * Applies a write to its document: its condition first, then its action, then the limits.
     *
     * @param before the document that {@code write} names
     * @param time when the result is committed, later than the document's {@link DocumentState.Lifetime#time()}
     * @param actor the authenticated caller, null when authentication is off
     */
    public static Result apply(
            DocumentState before, Write write, Instant time, @Nullable String actor, DocumentLimits limits) {
        return new Application(before, write, time, actor, limits).result();
    }

    /** Whether {@code filter} holds for a document, or for the lack of one. */
    public static boolean matches(Filter filter, DocumentState document) {
        return Filters.matches(filter, new DocumentSubjects(document));
    }

    /**
     * Orders the documents of one collection by {@code keys}, a missing field before null, and those that tie by id. Ids
     * have the order of names: numeric ids first, by number.
     */
    public static Comparator<DocumentState> orderedBy(List<SortKey> keys) {
        var byName = Comparator.comparing(DocumentState::name);
        return keys.stream()
                .map(Documents::orderedBy)
                .reduce(Comparator::thenComparing)
                .map(byKeys -> byKeys.thenComparing(byName))
                .orElse(byName);
    }

    private static Comparator<DocumentState> orderedBy(SortKey key) {
        if (key.subject() == SystemField.ID || key.subject() == SystemField.DOCUMENT) {
            var byName = Comparator.comparing(DocumentState::name);
            return key.descending() ? byName.reversed() : byName;
        }
        return Comparator.comparing(DocumentSubjects::new, Ordering.by(List.of(key)));
    }
}
