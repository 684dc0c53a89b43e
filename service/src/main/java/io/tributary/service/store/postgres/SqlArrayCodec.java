package io.tributary.service.store.postgres;

import io.netty.buffer.ByteBuf;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.message.Format;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Lets the driver bind a {@link SqlArray}. */
final class SqlArrayCodec implements Codec<SqlArray> {

    @Override
    public boolean canEncode(Object value) {
        return value instanceof SqlArray;
    }

    @Override
    public EncodedParameter encode(Object value) {
        SqlArray array = (SqlArray) value;
        return new EncodedParameter(Format.FORMAT_BINARY, array.type().getObjectId(), Mono.just(array.encoded()));
    }

    @Override
    public EncodedParameter encode(Object value, int dataType) {
        return encode(value);
    }

    @Override
    public boolean canEncodeNull(Class<?> type) {
        return false;
    }

    @Override
    public EncodedParameter encodeNull() {
        throw new UnsupportedOperationException("an array is never null");
    }

    @Override
    public boolean canDecode(int dataType, Format format, Class<?> type) {
        return false;
    }

    @Override
    public SqlArray decode(@Nullable ByteBuf buffer, int dataType, Format format, Class<? extends SqlArray> type) {
        throw new UnsupportedOperationException("arrays are read by the driver's own codecs");
    }
}
