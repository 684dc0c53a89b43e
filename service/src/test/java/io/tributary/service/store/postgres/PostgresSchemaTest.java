package io.tributary.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresSchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57P03", "53300"})
    void takesAServerThatHasNoConnectionForItForAway(String state) {
        assertThat(PostgresSchema.isAway(new SQLException("no", state))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"28P01", "3D000", "42501"})
    void takesAServerThatRefusesForPresent(String state) {
        assertThat(PostgresSchema.isAway(new SQLException("no", state))).isFalse();
    }

    @Test
    void looksIntoWhatAMigrationFailedFor() {
        SQLException lost = new SQLException("no", "08006");

        assertThat(PostgresSchema.isAway(new IllegalStateException("the migration failed", lost)))
                .isTrue();
    }
}
