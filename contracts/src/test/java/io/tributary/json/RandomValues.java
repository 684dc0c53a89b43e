package io.tributary.json;

import io.tributary.name.DocumentName;
import io.tributary.value.ArrayValue;
import io.tributary.value.BooleanValue;
import io.tributary.value.BytesValue;
import io.tributary.value.DoubleValue;
import io.tributary.value.GeopointValue;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.NullValue;
import io.tributary.value.ReferenceValue;
import io.tributary.value.StringValue;
import io.tributary.value.TimestampValue;
import io.tributary.value.Value;
import io.tributary.value.VectorValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Values of every type with a liking for the awkward, all from one seed. */
final class RandomValues {

    private static final long[] INTEGERS = {
        0, -1, 9, 10, -10, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) - 1, 1L << 53, -(1L << 53)
    };
    private static final double[] DOUBLES = {
        0.0,
        -0.0,
        1.0,
        1.5,
        100_000.0,
        1e7,
        1e15,
        9.999999999999998e15,
        1e16,
        1e300,
        1e-3,
        1e-6,
        9.99e-7,
        1e-7,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        0.1 + 0.2
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "my.field",
        "or",
        "@map",
        "@double",
        "@",
        "é",
        "🙂",
        "\uFFFF",
        "\"\\/\b\f\n\r\t\u001f\u007f",
        "€\u2028",
        "`"
    };

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    /** A map of up to six members, nested up to {@code depth} deep. */
    MapValue map(int depth) {
        var map = MapValue.builder();
        for (int i = random.nextInt(7); i > 0; i--) {
            map.add(text(), value(depth - 1));
        }
        return map.build();
    }

    /** A map with the same members in another order, in maps inside it too. */
    MapValue shuffled(MapValue map) {
        List<String> names = new ArrayList<>(map.members().keySet());
        java.util.Collections.shuffle(names, random);
        var shuffled = MapValue.builder();
        for (String name : names) {
            Value value = map.members().get(name);
            shuffled.put(name, value instanceof MapValue inner ? shuffled(inner) : value);
        }
        return shuffled.build();
    }

    Value value(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 10)) {
            case 0 -> NullValue.NULL;
            case 1 -> new BooleanValue(random.nextBoolean());
            case 2 -> new IntegerValue(random.nextBoolean() ? any(INTEGERS) : random.nextLong());
            case 3 -> new DoubleValue(real());
            case 4 -> new StringValue(text());
            case 5 ->
                new TimestampValue(Instant.ofEpochSecond(
                        random.nextLong(-62135596800L, 253402300800L), random.nextInt(1_000_000_000)));
            case 6 -> bytes();
            case 7 ->
                new ReferenceValue(
                        DocumentName.of(random.nextBoolean() ? "default" : "tenant", "a/" + random.nextInt()));
            case 8 ->
                new GeopointValue(
                        random.nextDouble(-90, 90), random.nextBoolean() ? -0.0 : random.nextDouble(-180, 180));
            case 9 ->
                VectorValue.of(IntStream.rangeClosed(0, random.nextInt(4))
                        .mapToDouble(i -> real())
                        .toArray());
            case 10 ->
                new ArrayValue(IntStream.range(0, random.nextInt(4))
                        .mapToObj(i -> value(depth - 1))
                        .toList());
            default -> map(depth);
        };
    }

    private BytesValue bytes() {
        byte[] bytes = new byte[random.nextInt(6)];
        random.nextBytes(bytes);
        return BytesValue.of(bytes);
    }

    private double real() {
        return switch (random.nextInt(3)) {
            case 0 -> DOUBLES[random.nextInt(DOUBLES.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(-10, 20));
        };
    }

    private String text() {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextBoolean() ? text : text + random.nextInt(10);
    }

    private long any(long[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
