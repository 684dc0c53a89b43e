package io.tributary.kafka.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProducerSettingsTest {

    @Test
    void refuseLessRoomThanOneRecordNeeds() {
        assertThatIllegalArgumentException().isThrownBy(() -> ProducerSettings.enduring(Map.of(), 1_000, 999));
    }

    @ParameterizedTest
    @CsvSource({
        "acks, 1, all",
        "enable.idempotence, false, true",
        "delivery.timeout.ms, 120000, 2147483647",
        "retries, 0, 2147483647",
        "max.in.flight.requests.per.connection, 5, 1",
        "max.request.size, 10, 1000"
    })
    void overrideWhatAPromiseHangsOn(String property, String wanted, String got) {
        ProducerSettings settings = ProducerSettings.enduring(Map.of(property, wanted), 1_000, 5_000);

        assertThat(ProducerProperties.of(settings).get(property)).hasToString(got);
    }

    @ParameterizedTest
    @CsvSource({"compression.type, zstd", "linger.ms, 5", "security.protocol, SASL_SSL"})
    void passOtherPropertiesOn(String property, String wanted) {
        ProducerSettings settings = ProducerSettings.enduring(Map.of(property, wanted), 1_000, 5_000);

        assertThat(ProducerProperties.of(settings)).containsEntry(property, wanted);
    }

    @Test
    void waitForBrokersAsLongAsTheyAreTold() {
        ProducerSettings settings = new ProducerSettings(Map.of(), 1_000, 5_000, Duration.ofSeconds(2));

        assertThat(ProducerProperties.of(settings)).containsEntry("max.block.ms", 2_000L);
    }
}
