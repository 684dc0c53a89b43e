package io.tributary.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.json.Limits;
import io.tributary.kafka.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TributarySettingsTest {

    @Test
    void namesNoServersUnlessConfigured() {
        assertThat(defaults().postgres().url()).isNull();
        assertThat(defaults().kafka().bootstrapServers()).isNull();
    }

    @Test
    void keepsDataWhereTheServiceIsStarted() {
        assertThat(defaults().dataDir()).isEqualTo(Path.of("data"));
    }

    @Test
    void hasSixteenLanes() {
        assertThat(defaults().lanes()).isEqualTo(16);
    }

    @Test
    void takesTheLimitsOfTheInterface() {
        assertThat(defaults().limits().limits()).isEqualTo(Limits.DEFAULT);
    }

    @Test
    void takesTheTopicsOfTheInterface() {
        assertThat(defaults().kafka().topics().names()).isEqualTo(TopicNames.defaults());
    }

    @Test
    void remembersOutcomesForADay() {
        assertThat(defaults().idempotency().keep()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void keepsTombstonesForEver() {
        assertThat(defaults().tombstones().keep()).isNull();
    }

    @Test
    void keepsTombstonesAsLongAsTold() {
        assertThat(bound(Map.of("tributary.tombstones.keep", "30d"))
                        .tombstones()
                        .keep())
                .isEqualTo(Duration.ofDays(30));
    }

    @Test
    void keepsJobsForThirtyDays() {
        assertThat(defaults().jobs().keep()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void keepsJobsAsLongAsTold() {
        assertThat(bound(Map.of("tributary.jobs.keep", "7d")).jobs().keep()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void publishesTheDataAfterEachChangeAndNotBefore() {
        assertThat(defaults().changes().before()).isFalse();
        assertThat(defaults().changes().after()).isEqualTo(TributarySettings.After.ALL);
    }

    @Test
    void passesAnyPropertyToTheKafkaClients() {
        assertThat(bound(Map.of("tributary.kafka.properties.security.protocol", "SSL"))
                        .kafka()
                        .properties())
                .containsEntry("security.protocol", "SSL");
    }

    @Test
    void waitsAMinuteForItsServers() {
        assertThat(defaults().startPatience()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void refusesANameThatKafkaWouldNotTake() {
        assertThatThrownBy(() -> bound(Map.of("tributary.instance", "host/1")))
                .hasRootCauseMessage(
                        "tributary.instance has at most 100 letters, digits, hyphens, underscores and dots, the"
                                + " first not a dot: host/1");
    }

    @Test
    void refusesToHaveNoLane() {
        assertThatThrownBy(() -> bound(Map.of("tributary.lanes", "0")))
                .hasRootCauseMessage("tributary.lanes is 1 to 1024, not 0");
    }

    @ParameterizedTest
    @CsvSource({
        "tributary.limits.request, 2GB",
        "tributary.limits.document, 300MB",
        "tributary.limits.nesting, 0",
        "tributary.limits.batch-writes, 0",
        "tributary.limits.path, -1",
        "tributary.limits.name, 0",
        "tributary.limits.name, 2001",
        "tributary.tombstones.keep, 0s",
        "tributary.jobs.keep, -1s",
        "tributary.postgres.url, jdbc:postgresql://db/main",
        "tributary.postgres.url, r2dbc:postgresql:///main",
        "tributary.postgres.schema, Not Plain"
    })
    void refusesWhatCannotWork(String property, String value) {
        assertThatThrownBy(() -> bound(Map.of(property, value))).rootCause().hasMessageStartingWith(property);
    }

    private static TributarySettings defaults() {
        return bound(Map.of());
    }

    private static TributarySettings bound(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("tributary", TributarySettings.class);
    }
}
