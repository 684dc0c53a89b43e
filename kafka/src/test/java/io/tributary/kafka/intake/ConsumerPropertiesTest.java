package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    @Test
    void joinsUnderTheNameThatItHas() {
        assertThat(ofAMember("a")).containsEntry("group.instance.id", "a");
        assertThat(ofAMember(null)).doesNotContainKey("group.instance.id");
    }

    private static Map<String, Object> ofAMember(@Nullable String name) {
        return properties(Map.of(), new Ownership.Shared(Duration.ofSeconds(9), name));
    }

    private static Map<String, Object> properties(Map<String, Object> client) {
        return properties(client, new Ownership.Everything(1));
    }

    private static Map<String, Object> properties(Map<String, Object> client, Ownership ownership) {
        return ConsumerProperties.of(new IntakeSettings(client, "updates", "group", ownership));
    }
}
