package io.tributary.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.value.DoubleValue;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What goes out comes back identical; each case is a seed, which names the failing test. */
class ValueRoundTripTest {

    private static final Limits WIDE = Limits.DEFAULT.withDocumentBytes(10 << 20);

    static LongStream seeds() {
        return new Random().longs(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theWireKeepsEveryValue(long seed) {
        MapValue data = new RandomValues(seed).map(4);

        assertThat(ValueJson.readDocument(ValueJson.write(data), WIDE)).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void integersAsStringsKeepEveryValue(long seed) {
        MapValue data = new RandomValues(seed).map(4);

        assertThat(ValueJson.readDocument(ValueJson.write(data, IntegerForm.STRING), WIDE))
                .isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theSizeIsTheLengthOfTheWireForm(long seed) {
        Value value = new RandomValues(seed).value(4);

        assertThat(ValueJson.size(value)).isEqualTo(ValueJson.write(value).length);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStoredFormKeepsEveryValue(long seed) {
        MapValue data = new RandomValues(seed).map(4);

        assertThat(ValueJson.readStored(ValueJson.writeStored(data))).isEqualTo(data);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStoredFormSurvivesWhatJsonbDoesToNumbers(long seed) {
        MapValue data = new RandomValues(seed).map(4);

        assertThat(ValueJson.readStored(asJsonbGivesItOut(stored(data)))).isEqualTo(data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    0.0                  | 0.0
                    -0.0                 | {"@double":"-0.0"}
                    1.0                  | 1.0
                    1.0E10               | 10000000000.0
                    9.999999999999998E15 | 9999999999999998.0
                    1.0E16               | {"@double":"1.0E16"}
                    -1.0E300             | {"@double":"-1.0E300"}
                    1.0E-6               | 0.0000010
                    9.9E-7               | {"@double":"9.9E-7"}
                    NaN                  | {"@double":"NaN"}
                    -Infinity            | {"@double":"-Infinity"}
                    """)
    void storesADoubleSoThatJsonbKeepsIt(double value, String stored) {
        assertThat(stored(MapValue.of(Map.of("d", new DoubleValue(value))))).isEqualTo("{\"d\":" + stored + "}");
    }

    private static String stored(MapValue data) {
        return new String(ValueJson.writeStored(data), UTF_8);
    }

    /**
     * What {@code jsonb} does to a text: numbers become decimals with the digits behind the point that were written, which
     * have no minus zero; members are sorted.
     */
    private static String asJsonbGivesItOut(String json) {
        JsonMapper mapper = JsonMapper.builder()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .build();
        StringBuilder out = new StringBuilder();
        print(mapper.readTree(json), out);
        return out.toString();
    }

    private static void print(JsonNode node, StringBuilder out) {
        if (node instanceof ObjectNode object) {
            out.append('{');
            object.propertyNames().stream().sorted().forEach(name -> {
                out.append(out.charAt(out.length() - 1) == '{' ? "" : ", ")
                        .append(JsonNodeFactory.instance.stringNode(name))
                        .append(": ");
                print(object.get(name), out);
            });
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ", ");
                print(node.get(i), out);
            }
            out.append(']');
        } else if (node.isFloatingPointNumber()) {
            BigDecimal decimal = node.decimalValue();
            out.append(decimal.setScale(Math.max(0, decimal.scale())).toPlainString());
        } else {
            out.append(node);
        }
    }
}
