package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.name.CollectionName;
import io.tributary.service.document.DocumentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Pages of a collection in the order of ids, numeric ids first: short statements that go on behind the last id, none of
 * which keeps a snapshot that others would have to work around.
 */
final class PageStatements {

    private static final String BY_NUMBER = """
            select d.id, %s from documents d
            where d.database = $1 and d.collection = $2 and d.number >= $3 and not d.deleted
            order by d.number limit $4
            """.formatted(DocumentRows.COLUMNS);

    private static final String BY_ID = """
            select d.id, %s from documents d
            where d.database = $1 and d.collection = $2 and d.id > $3 and d.number is null and not d.deleted
            order by d.id limit $4
            """.formatted(DocumentRows.COLUMNS);

    private static final String LAST_ID = """
            select coalesce(
              (select d.id from documents d where d.database = $1 and d.collection = $2 and d.number is null
                order by d.id desc limit 1),
              (select d.id from documents d where d.database = $1 and d.collection = $2 and d.number is not null
                order by d.number desc limit 1)) as id
            """;

    private static final String BEFORE_ALL_IDS = "";

    private PageStatements() {}

    static Mono<List<DocumentState>> page(Wire wire, CollectionName collection, @Nullable String after, int limit) {
        if (after == null) {
            return fromNumber(wire, collection, Long.MIN_VALUE, limit);
        }
        OptionalLong number = collection.document(after).number();
        if (number.isEmpty()) {
            return read(wire, BY_ID, collection, after, limit);
        }
        return number.getAsLong() == Long.MAX_VALUE
                ? read(wire, BY_ID, collection, BEFORE_ALL_IDS, limit)
                : fromNumber(wire, collection, number.getAsLong() + 1, limit);
    }

    /** The id that comes last, of a deleted document possibly; empty when there is none. */
    static Mono<String> lastId(Wire wire, CollectionName collection) {
        return wire.rows(
                        LAST_ID,
                        row -> Optional.ofNullable(row.get("id", String.class)),
                        collection.database(),
                        collection.path())
                .flatMap(found -> Mono.justOrEmpty(found.getFirst()));
    }

    private static Mono<List<DocumentState>> fromNumber(Wire wire, CollectionName collection, long first, int limit) {
        return read(wire, BY_NUMBER, collection, first, limit)
                .flatMap(numeric -> numeric.size() == limit
                        ? Mono.just(numeric)
                        : read(wire, BY_ID, collection, BEFORE_ALL_IDS, limit - numeric.size())
                                .map(others -> joined(numeric, others)));
    }

    private static Mono<List<DocumentState>> read(
            Wire wire, String sql, CollectionName collection, Object from, int limit) {
        return wire.rows(
                sql,
                row -> DocumentRows.read(collection.document(id(row)), row),
                collection.database(),
                collection.path(),
                from,
                limit);
    }

    private static String id(Row row) {
        return Objects.requireNonNull(row.get("id", String.class));
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
