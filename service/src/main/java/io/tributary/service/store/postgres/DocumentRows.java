package io.tributary.service.store.postgres;

import io.r2dbc.spi.Row;
import io.tributary.json.ValueJson;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Documents as rows of results. */
final class DocumentRows {

    /**
     * The columns of a document that is called {@code d}. Times as microseconds: the driver moves those before 1582 by
     * days, into the Julian calendar.
     */
    static final String COLUMNS = """
            d.version,
            d.data::text as data,
            (extract(epoch from d.committed_at) * 1000000)::bigint as committed_at,
            (extract(epoch from d.created_at) * 1000000)::bigint as created_at,
            (extract(epoch from d.updated_at) * 1000000)::bigint as updated_at,
            d.created_by,
            d.updated_by
            """;

    private DocumentRows() {}

    static DocumentState read(DocumentName name, Row row) {
        String data = row.get("data", String.class);
        return new DocumentState(
                name,
                number(row, "version"),
                data == null ? null : ValueJson.readStored(data),
                new Lifetime(
                        time(row, "committed_at"),
                        time(row, "created_at"),
                        time(row, "updated_at"),
                        text(row, "created_by"),
                        text(row, "updated_by")));
    }

    static long number(Row row, String column) {
        return Objects.requireNonNull(row.get(column, Long.class), column);
    }

    static Instant time(Row row, String column) {
        long micros = number(row, column);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
    }

    private static @Nullable String text(Row row, String column) {
        return row.get(column, String.class);
    }
}
