package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsumerPropertiesTest {

    @Test
    void boundsHowManyRecordsComeAtATime() {
        assertThat(properties(Map.of())).containsEntry("max.poll.records", 500);
    }

    @Test
    void takesAsManyRecordsAtATimeAsTheClientIsToldTo() {
        assertThat(properties(Map.of("max.poll.records", "7"))).containsEntry("max.poll.records", "7");
    }

    @Test
    void keepsItsPromisesWhateverTheClientIsTold() {
        assertThat(properties(Map.of("enable.auto.commit", "true"))).containsEntry("enable.auto.commit", false);
    }

    private static Map<String, Object> properties(Map<String, Object> client) {
        return ConsumerProperties.of(
                new IntakeSettings(client, "updates", "group", new IntakeSettings.Ownership.Everything(1)));
    }
}
