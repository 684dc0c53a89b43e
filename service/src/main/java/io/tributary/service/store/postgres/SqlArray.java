package io.tributary.service.store.postgres;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One column of many rows as an array parameter, in PostgreSQL's binary form. The driver's own arrays go as text, quoted
 * and boxed, and it has none of {@code bytea}. To be bound once.
 */
final class SqlArray {

    private static final int NULL = -1;
    private static final int FIRST_INDEX = 1;
    private static final int HEADER_BYTES = 5 * Integer.BYTES;
    private static final int USUAL_ELEMENT_BYTES = 12;
    private static final long POSTGRES_EPOCH_SECONDS =
            Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

    private final PostgresqlObjectId type;
    private final ByteBuf encoded;

    private SqlArray(PostgresqlObjectId type, ByteBuf encoded) {
        this.type = type;
        this.encoded = encoded;
    }

    static <T> SqlArray ints(Collection<T> rows, ToIntFunction<T> column) {
        return of(PostgresqlObjectId.INT4_ARRAY, PostgresqlObjectId.INT4, rows, (row, out) -> {
            out.writeInt(Integer.BYTES).writeInt(column.applyAsInt(row));
        });
    }

    static <T> SqlArray longs(Collection<T> rows, ToLongFunction<T> column) {
        return of(PostgresqlObjectId.INT8_ARRAY, PostgresqlObjectId.INT8, rows, (row, out) -> {
            out.writeInt(Long.BYTES).writeLong(column.applyAsLong(row));
        });
    }

    static <T> SqlArray nullableLongs(Collection<T> rows, Function<T, @Nullable Long> column) {
        return of(PostgresqlObjectId.INT8_ARRAY, PostgresqlObjectId.INT8, rows, (row, out) -> {
            Long value = column.apply(row);
            if (value == null) {
                out.writeInt(NULL);
            } else {
                out.writeInt(Long.BYTES).writeLong(value);
            }
        });
    }

    /** Cuts to microseconds. */
    static <T> SqlArray times(Collection<T> rows, Function<T, Instant> column) {
        return of(PostgresqlObjectId.TIMESTAMPTZ_ARRAY, PostgresqlObjectId.TIMESTAMPTZ, rows, (row, out) -> {
            Instant time = column.apply(row);
            out.writeInt(Long.BYTES)
                    .writeLong((time.getEpochSecond() - POSTGRES_EPOCH_SECONDS) * 1_000_000 + time.getNano() / 1_000);
        });
    }

    static <T> SqlArray texts(Collection<T> rows, Function<T, @Nullable String> column) {
        return of(PostgresqlObjectId.TEXT_ARRAY, PostgresqlObjectId.TEXT, rows, (row, out) -> {
            String value = column.apply(row);
            if (value == null) {
                out.writeInt(NULL);
            } else {
                int at = out.writerIndex();
                out.writeInt(0);
                out.setInt(at, ByteBufUtil.writeUtf8(out, value));
            }
        });
    }

    /** Texts whose characters are encoded already. */
    static <T> SqlArray utf8(Collection<T> rows, Function<T, byte @Nullable []> column) {
        return ofBytes(PostgresqlObjectId.TEXT_ARRAY, PostgresqlObjectId.TEXT, rows, column);
    }

    static <T> SqlArray bytes(Collection<T> rows, Function<T, byte @Nullable []> column) {
        return ofBytes(PostgresqlObjectId.BYTEA_ARRAY, PostgresqlObjectId.BYTEA, rows, column);
    }

    private static <T> SqlArray ofBytes(
            PostgresqlObjectId type,
            PostgresqlObjectId element,
            Collection<T> rows,
            Function<T, byte @Nullable []> column) {
        return of(type, element, rows, (row, out) -> {
            byte[] value = column.apply(row);
            if (value == null) {
                out.writeInt(NULL);
            } else {
                out.writeInt(value.length).writeBytes(value);
            }
        });
    }

    private static <T> SqlArray of(
            PostgresqlObjectId type, PostgresqlObjectId element, Collection<T> rows, BiConsumer<T, ByteBuf> write) {
        ByteBuf out = Unpooled.buffer(HEADER_BYTES + rows.size() * USUAL_ELEMENT_BYTES);
        boolean empty = rows.isEmpty();
        out.writeInt(empty ? 0 : 1).writeInt(1).writeInt(element.getObjectId());
        if (!empty) {
            out.writeInt(rows.size()).writeInt(FIRST_INDEX);
            rows.forEach(row -> write.accept(row, out));
        }
        return new SqlArray(type, out);
    }

    PostgresqlObjectId type() {
        return type;
    }

    ByteBuf encoded() {
        return encoded;
    }

    /** Without the elements: drivers log what they bind. */
    @Override
    public String toString() {
        return type + " of " + encoded.readableBytes() + " bytes";
    }
}
