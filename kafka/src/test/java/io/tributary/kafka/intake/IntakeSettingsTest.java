package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeSettingsTest {

    private static final Ownership SHARED = new Ownership.Shared(Duration.ofSeconds(9));

    @Test
    void refuseARevocationThatWouldCostTheMembership() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IntakeSettings(Map.of(), "topic", "group", SHARED, Duration.ofSeconds(10)));
    }

    @ParameterizedTest
    @CsvSource({
        "isolation.level, read_uncommitted, read_committed",
        "auto.offset.reset, latest, none",
        "enable.auto.commit, true, false",
        "group.protocol, consumer, classic",
        "group.id, theirs, group"
    })
    void overrideWhatAPromiseHangsOn(String property, String wanted, String got) {
        IntakeSettings settings = new IntakeSettings(Map.of(property, wanted), "topic", "group", SHARED);

        assertThat(ConsumerProperties.of(settings).get(property)).hasToString(got);
    }

    @ParameterizedTest
    @CsvSource({"fetch.max.bytes, 1000", "security.protocol, SASL_SSL", "client.rack, a"})
    void passOtherPropertiesOn(String property, String wanted) {
        IntakeSettings settings = new IntakeSettings(Map.of(property, wanted), "topic", "group", SHARED);

        assertThat(ConsumerProperties.of(settings)).containsEntry(property, wanted);
    }

    @Test
    void aMemberHearsSoonOfARebalance() {
        IntakeSettings settings = new IntakeSettings(Map.of(), "topic", "group", SHARED);

        assertThat(ConsumerProperties.of(settings))
                .containsEntry("session.timeout.ms", 9_000)
                .containsEntry("heartbeat.interval.ms", 500);
    }
}
