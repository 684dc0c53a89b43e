package io.tributary.service.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.json.ValueJson;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.GeopointValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SizeBoundTest {

    static Stream<Value> valuesWithLongJson() {
        return Stream.of(
                new DoubleValue(-Double.MIN_NORMAL),
                new DoubleValue(Double.NEGATIVE_INFINITY),
                new IntegerValue(Long.MIN_VALUE),
                new StringValue("\u0001".repeat(100)),
                new StringValue("\uFFFF\uD83D\uDE00".repeat(100)),
                BytesValue.of(new byte[100]),
                BytesValue.of(),
                new GeopointValue(-1.2345678901234567E-300, -1.2345678901234567E-300),
                VectorValue.of(-1.2345678901234567E-300, -1.2345678901234567E-300),
                Json.value("{\"@timestamp\": \"2026-11-21T08:00:00Z\"}"),
                Json.value("{\"@reference\": \"c/\\u0001\\u0002\"}"),
                Json.value("{\"@map\": {\"@x\": 1}}"),
                Json.value("[[], {}, true, false, null, [[[[]]]], {\"\": \"\"}]"),
                MapValue.EMPTY);
    }

    @ParameterizedTest
    @MethodSource("valuesWithLongJson")
    void isNeverBelowTheSize(Value value) {
        assertThat(SizeBound.of(value)).isGreaterThanOrEqualTo(ValueJson.size(value));
    }

    @Test
    void isFarBelowTheLimitForASmallDocument() {
        assertThat(SizeBound.of(Json.map("{\"name\": \"chair\", \"stock\": 4, \"tags\": [\"wood\", \"new\"]}")))
                .isLessThan(1_000);
    }
}
