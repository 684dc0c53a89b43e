package io.tributary.service.store;

import io.tributary.name.DocumentName;
import io.tributary.value.ArrayValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Values, times and names that some databases do not give back as they were. */
final class Samples {

    private Samples() {}

    static List<MapValue> data() {
        return Stream.<Value>of(
                        new IntegerValue(1),
                        new IntegerValue(9007199254740993L),
                        new IntegerValue(Long.MIN_VALUE),
                        new DoubleValue(1.0),
                        new DoubleValue(1e5),
                        new DoubleValue(1e15),
                        new DoubleValue(1e300),
                        new DoubleValue(Double.MIN_VALUE),
                        new DoubleValue(-0.0),
                        new DoubleValue(Double.NaN),
                        new DoubleValue(Double.NEGATIVE_INFINITY),
                        new TimestampValue(Instant.parse("2026-11-21T08:00:00.000001Z")),
                        new StringValue("\uD83D\uDE00 \\ \" ' \n {}"),
                        BytesValue.of(new byte[] {0, -1, '\\'}),
                        new ArrayValue(List.of(NullValue.NULL, MapValue.EMPTY)),
                        MapValue.of(Map.of("@timestamp", new StringValue("a map, not a time"))))
                .map(value -> MapValue.of(Map.of("a.b", value, "or", MapValue.of(Map.of("", value)))))
                .toList();
    }

    static List<Instant> times() {
        return Stream.of(
                        "0001-01-01T00:00:00Z",
                        "1500-02-28T23:59:59.999999Z",
                        "1582-10-10T12:00:00Z",
                        "1969-12-31T23:59:59.999999Z",
                        "2026-11-21T08:00:00.123456Z",
                        "9999-12-31T23:59:58.999998Z")
                .map(Instant::parse)
                .toList();
    }

    static List<DocumentName> names() {
        return List.of(
                DocumentName.of("a/b"),
                DocumentName.of("cities/SF/landmarks/bridge"),
                DocumentName.of("other-database", "a/__id-9223372036854775808__"),
                DocumentName.of("emoji \uD83D\uDE00/'; drop table documents; --"),
                DocumentName.of("x".repeat(1_000) + "/" + "\u00e9".repeat(499) + "y"));
    }

    static List<Integer> pageSizes() {
        return List.of(1, 2, 5, 100);
    }

    static List<String> idsInNoOrder() {
        return List.of(
                "a",
                "__id10__",
                "Z",
                "\uD83D\uDE00",
                "__idea",
                "__id-3__",
                "__id9223372036854775807__",
                "\uFF5E",
                "__id9__",
                "__id-9223372036854775808__",
                "0",
                "__id0__");
    }

    static List<String> idsInOrder() {
        return List.of(
                "__id-9223372036854775808__",
                "__id-3__",
                "__id0__",
                "__id9__",
                "__id10__",
                "__id9223372036854775807__",
                "0",
                "Z",
                "__idea",
                "a",
                "\uFF5E",
                "\uD83D\uDE00");
    }
}
