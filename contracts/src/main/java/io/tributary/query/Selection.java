package io.tributary.query;

import io.tributary.name.CollectionName;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some documents of a collection.
 *
 * @param collection where to look
 * @param where which documents, {@link Filter#ALWAYS} for all
 * @param orderBy the order that {@code offset} and {@code limit} count in; ties are broken by {@code @id}
 * @param offset how many of the first to leave out, 0 to {@link #MAX_OFFSET}
 * @param limit how many at most, at least 1; null for all
 */
public record Selection(
        CollectionName collection,
        Filter where,
        List<SortKey> orderBy,
        int offset,
        @Nullable Long limit) {

    public static final int MAX_OFFSET = 10_000;

    /** @throws IllegalArgumentException when offset or limit are out of their ranges */
    public Selection {
        if (offset < 0 || offset > MAX_OFFSET) {
            throw new IllegalArgumentException("an offset lies between 0 and " + MAX_OFFSET);
        }
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
        orderBy = List.copyOf(orderBy);
    }

    /** All documents of a collection that a filter holds for. */
    public static Selection of(CollectionName collection, Filter where) {
        return new Selection(collection, where, List.of(), 0, null);
    }

    public Selection withLimit(@Nullable Long limit) {
        return new Selection(collection, where, orderBy, offset, limit);
    }

    public Selection withOffset(int offset) {
        return new Selection(collection, where, orderBy, offset, limit);
    }

    public Selection withOrderBy(List<SortKey> orderBy) {
        return new Selection(collection, where, orderBy, offset, limit);
    }
}
