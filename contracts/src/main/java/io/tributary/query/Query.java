package io.tributary.query;

import io.tributary.name.CollectionName;
import io.tributary.name.FieldPath;
import io.tributary.write.Filter;
import io.tributary.write.SortKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request for one page of a collection's documents.
 *
 * @param collection where to look
 * @param where which documents, {@link Filter#ALWAYS} for all
 * @param orderBy the order; ties are broken by {@code @id}, which is the whole order when there is no key
 * @param limit how many documents a page has at most, 1 to {@link #MAX_LIMIT}
 * @param cursor where the page begins, as the page before gave it; null for the first
 * @param fields the fields to give out, null for all
 * @param total whether to count all documents that match
 */
public record Query(
        CollectionName collection,
        Filter where,
        List<SortKey> orderBy,
        int limit,
        @Nullable String cursor,
        @Nullable List<FieldPath> fields,
        boolean total) {

    /** The limit of a query that names none. */
    public static final int DEFAULT_LIMIT = 50;

    public static final int MAX_LIMIT = 1_000;

    /** @throws IllegalArgumentException when the limit is out of its range */
    public Query {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("a limit lies between 1 and " + MAX_LIMIT);
        }
        orderBy = List.copyOf(orderBy);
        fields = fields == null ? null : List.copyOf(fields);
    }

    /** A query for all documents of a collection, by their ids. */
    public static Query of(CollectionName collection) {
        return new Query(collection, Filter.ALWAYS, List.of(), DEFAULT_LIMIT, null, null, false);
    }

    public Query withWhere(Filter where) {
        return new Query(collection, where, orderBy, limit, cursor, fields, total);
    }

    public Query withOrderBy(SortKey... orderBy) {
        return new Query(collection, where, List.of(orderBy), limit, cursor, fields, total);
    }

    public Query withLimit(int limit) {
        return new Query(collection, where, orderBy, limit, cursor, fields, total);
    }

    public Query withCursor(@Nullable String cursor) {
        return new Query(collection, where, orderBy, limit, cursor, fields, total);
    }

    public Query withFields(FieldPath... fields) {
        return new Query(collection, where, orderBy, limit, cursor, List.of(fields), total);
    }

    public Query withTotal(boolean total) {
        return new Query(collection, where, orderBy, limit, cursor, fields, total);
    }
}
