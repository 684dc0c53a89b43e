package io.tributary.kafka.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaneRuleTest {

    @Test
    void areThePartitionsOfKafkasJavaProducer() {
        assertThat(IntStream.range(0, 1_000).mapToObj(i -> key("products/p" + i)))
                .allSatisfy(key ->
                        assertThat(LaneRule.laneOf(key, 16)).isEqualTo(BuiltInPartitioner.partitionForKey(key, 16)));
    }

    /** Documents have lived in these lanes: another result would give each a second home. */
    @ParameterizedTest
    @CsvSource({"products/p42, 16, 8", "products/p43, 16, 13", "orders/products/p42, 16, 10", "products/p42, 64, 40"})
    void neverChange(String key, int lanes, int lane) {
        assertThat(LaneRule.laneOf(key(key), lanes)).isEqualTo(lane);
    }

    private static byte[] key(String text) {
        return text.getBytes(UTF_8);
    }
}
