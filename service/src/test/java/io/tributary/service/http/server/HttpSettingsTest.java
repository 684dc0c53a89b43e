package io.tributary.service.http.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class HttpSettingsTest {

    @Test
    void hasDefaults() {
        assertThat(bind(Map.of()))
                .isEqualTo(new HttpSettings(
                        DataSize.ofKilobytes(16),
                        DataSize.ofKilobytes(16),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        new HttpSettings.Cors(List.of())));
    }

    @Test
    void takesAllFromProperties() {
        HttpSettings settings = bind(Map.of(
                "tributary.http.max-request-line", "32KB",
                "tributary.http.max-headers", "8KB",
                "tributary.http.idle-timeout", "5s",
                "tributary.http.read-timeout", "6s",
                "tributary.http.cors.allowed-origins", "https://a.example,https://b.example"));

        assertThat(settings)
                .isEqualTo(new HttpSettings(
                        DataSize.ofKilobytes(32),
                        DataSize.ofKilobytes(8),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        new HttpSettings.Cors(List.of("https://a.example", "https://b.example"))));
    }

    @ParameterizedTest
    @CsvSource({"max-request-line, 0B", "max-headers, 2MB", "idle-timeout, 0s", "read-timeout, -1s"})
    void refusesWhatNoServerCouldWorkWith(String name, String value) {
        assertThatThrownBy(() -> bind(Map.of("tributary.http." + name, value)))
                .rootCause()
                .hasMessageContaining("tributary.http." + name);
    }

    @Test
    void hasNoSecurityModeUnlessOneIsNamed() {
        assertThat(security(Map.of())).isEqualTo(new SecuritySettings(null));
    }

    @Test
    void takesTheSecurityModeFromItsProperty() {
        assertThat(security(Map.of("tributary.security.mode", "none")))
                .isEqualTo(new SecuritySettings(SecuritySettings.Mode.NONE));
    }

    private static HttpSettings bind(Map<String, String> properties) {
        return binder(properties).bindOrCreate("tributary.http", HttpSettings.class);
    }

    private static SecuritySettings security(Map<String, String> properties) {
        return binder(properties).bindOrCreate("tributary.security", SecuritySettings.class);
    }

    private static Binder binder(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties));
    }
}
