package io.tributary.value;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueOrderTest {

    /** A value of each place in the order, ascending; no two are equal. */
    private static final List<Value> ASCENDING = List.of(
            NullValue.NULL,
            new BooleanValue(false),
            new BooleanValue(true),
            real(Double.NaN),
            real(Double.NEGATIVE_INFINITY),
            integer(Long.MIN_VALUE),
            real(-1.5),
            integer(-1),
            real(0.0),
            real(Double.MIN_VALUE),
            integer(1),
            real(1.5),
            integer(9007199254740992L),
            integer(9007199254740993L),
            real(9007199254740994.0),
            integer(Long.MAX_VALUE),
            real(9223372036854775808.0),
            real(Double.POSITIVE_INFINITY),
            time("0001-01-01T00:00:00Z"),
            time("2026-11-21T08:00:00.000001Z"),
            text(""),
            text("B"),
            text("a"),
            text("a\u0001"),
            text("é"),
            text("\uFFFF"),
            text("🙂"),
            BytesValue.of(),
            BytesValue.of((byte) 1),
            BytesValue.of((byte) 1, (byte) 0),
            BytesValue.of((byte) 0xFF),
            reference("a", "z/z"),
            reference("default", "a/__id2__"),
            reference("default", "a/__id10__"),
            reference("default", "a/b"),
            new GeopointValue(-90, 180),
            new GeopointValue(0, -1),
            new GeopointValue(0, 0),
            ArrayValue.EMPTY,
            ArrayValue.of(integer(1)),
            ArrayValue.of(integer(1), NullValue.NULL),
            ArrayValue.of(integer(2)),
            VectorValue.of(Double.NaN),
            VectorValue.of(9),
            VectorValue.of(1, 1),
            MapValue.EMPTY,
            map("a", integer(1)),
            map("a", integer(1)).with("b", integer(1)),
            map("a", integer(2)),
            map("b", NullValue.NULL));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void sortsAllTypes(long seed) {
        List<Value> shuffled = new ArrayList<>(ASCENDING);
        Collections.shuffle(shuffled, new Random(seed));
        shuffled.sort(ValueOrder.COMPARATOR);

        assertThat(shuffled).isEqualTo(ASCENDING);
    }

    static Stream<Arguments> tellsEqualFromIdentical() {
        return Stream.of(
                Arguments.of(integer(1), real(1.0)),
                Arguments.of(real(0.0), real(-0.0)),
                Arguments.of(integer(0), real(-0.0)),
                Arguments.of(new GeopointValue(0.0, 0), new GeopointValue(-0.0, 0)),
                Arguments.of(VectorValue.of(0.0), VectorValue.of(-0.0)),
                Arguments.of(ArrayValue.of(integer(1)), ArrayValue.of(real(1))),
                Arguments.of(map("a", integer(1)), map("a", real(1))));
    }

    @ParameterizedTest
    @MethodSource
    void tellsEqualFromIdentical(Value one, Value other) {
        assertThat(ValueOrder.equal(one, other)).isTrue();
        assertThat(one).isNotEqualTo(other);
    }

    static Stream<Arguments> findsIdenticalValues() {
        return Stream.of(
                Arguments.of(real(Double.NaN), real(Double.longBitsToDouble(0x7ff8000000000001L))),
                Arguments.of(BytesValue.of((byte) 1), BytesValue.of((byte) 1)),
                Arguments.of(VectorValue.of(Double.NaN, 1), VectorValue.of(Double.NaN, 1)),
                Arguments.of(
                        map("a", integer(1)).with("b", integer(2)),
                        map("b", integer(2)).with("a", integer(1))),
                Arguments.of(time("2026-11-21T08:00:00.000001999Z"), time("2026-11-21T08:00:00.000001Z")));
    }

    @ParameterizedTest
    @MethodSource
    void findsIdenticalValues(Value one, Value other) {
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(ValueOrder.equal(one, other)).isTrue();
    }

    @Test
    void anIntegerThatADoubleCannotHoldEqualsNoDouble() {
        assertThat(ValueOrder.equal(integer(9007199254740993L), real(9007199254740992.0)))
                .isFalse();
    }

    @Test
    void allNumbersAreComparable() {
        assertThat(ValueOrder.comparable(integer(1), real(1))).isTrue();
        assertThat(ValueOrder.comparable(integer(1), text("1"))).isFalse();
    }

    @Test
    void changingAMapSharesWhatStays() {
        Value inner = map("x", integer(1));
        MapValue outer = map("a", inner).with("b", integer(1));

        assertThat(outer.with("b", integer(2)).get("a")).isSameAs(inner);
        assertThat(outer.without("c")).isSameAs(outer);
    }

    private static IntegerValue integer(long value) {
        return new IntegerValue(value);
    }

    private static DoubleValue real(double value) {
        return new DoubleValue(value);
    }

    private static StringValue text(String value) {
        return new StringValue(value);
    }

    private static TimestampValue time(String text) {
        return new TimestampValue(Instant.parse(text));
    }

    private static ReferenceValue reference(String database, String path) {
        return new ReferenceValue(DocumentName.of(database, path));
    }

    private static MapValue map(String name, Value value) {
        return MapValue.builder().put(name, value).build();
    }
}
