package io.tributary.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "r2dbc:postgresql://db.example:5433/main, jdbc:postgresql://db.example:5433/main",
        "r2dbc:postgresql://db.example/main, jdbc:postgresql://db.example:5432/main",
        "r2dbc:postgresql://db.example/main?sslMode=verify-full&sslRootCert=/certs/Root.pem,"
                + " jdbc:postgresql://db.example:5432/main?sslmode=verify-full&sslrootcert=/certs/Root.pem",
        "r2dbc:postgresql://user:secret@db.example/main, jdbc:postgresql://db.example:5432/main"
    })
    void namesTheSameDatabaseForJdbc(String url, String jdbcUrl) {
        assertThat(new PostgresSettings(url, "a", "b", "c").jdbcUrl()).isEqualTo(jdbcUrl);
    }

    @Test
    void takesUserAndPasswordFromTheUrlWhenTheyAreNotGiven() {
        var settings = new PostgresSettings("r2dbc:postgresql://user:secret@db.example/main", null, null, "c");

        assertThat(settings.credentials()).isEqualTo(new PostgresSettings.Credentials("user", "secret"));
    }

    @Test
    void prefersUserAndPasswordOfTheirOwn() {
        var settings = new PostgresSettings("r2dbc:postgresql://user:secret@db.example/main", "a", "b", "c");

        assertThat(settings.credentials()).isEqualTo(new PostgresSettings.Credentials("a", "b"));
    }

    @Test
    void doesNotShowThePassword() {
        var settings = new PostgresSettings("r2dbc:postgresql://user:secret@db.example/main", "a", "hidden", "c");

        assertThat(settings).asString().contains("db.example:5432/main").doesNotContain("secret", "hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db.example/main", "r2dbc:mysql://db.example/main", ""})
    void refusesAUrlOfAnotherKind(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresSettings(url, null, null, "c"))
                .withMessageContaining("tributary.postgres.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "Mixed", "a b", "a\"; drop schema b; --"})
    void refusesASchemaThatIsNoPlainIdentifier(String schema) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PostgresSettings("r2dbc:postgresql://db.example/main", null, null, schema))
                .withMessageContaining("tributary.postgres.schema");
    }
}
