package io.tributary.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.start.RefusedStartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PostgresSchemaIT {

    private final PostgresSettings settings = PostgresServer.freshSchema();
    private final PostgresSchema schema = new PostgresSchema(settings);

    @Test
    void givesEachLaneItsFirstTurn() throws SQLException {
        schema.prepare(5);

        assertThat(ask("select array_agg(lane order by lane)::text from lanes")).isEqualTo("{0,1,2,3,4}");
        assertThat(ask("select array_agg(lane order by lane)::text from turns where turn = 0 and sequence = 0"))
                .isEqualTo("{0,1,2,3,4}");
    }

    @Test
    void leavesAPreparedSchemaAsItIs() throws SQLException {
        schema.prepare(5);
        String before = ask("select array_agg(commit_id order by lane)::text from turns");

        schema.prepare(5);

        assertThat(ask("select array_agg(commit_id order by lane)::text from turns"))
                .isEqualTo(before);
    }

    @Test
    void refusesAnotherNumberOfLanes() throws SQLException {
        schema.prepare(5);

        assertThatExceptionOfType(RefusedStartException.class)
                .isThrownBy(() -> schema.prepare(6))
                .withMessageContaining("tributary.lanes is 6, but this database was made for 5 lanes");
    }

    @Test
    void isPreparedByTwoInstancesAtTheSameTime() {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletableFuture<Void> both = CompletableFuture.allOf(
                    CompletableFuture.runAsync(this::prepare, threads),
                    CompletableFuture.runAsync(this::prepare, threads));

            assertThatCode(both::join).doesNotThrowAnyException();
        }
    }

    @Test
    void leavesRoomForUpdatesWithinThePage() throws SQLException {
        schema.prepare(1);

        assertThat(ask("select reloptions::text from pg_class where oid = 'documents'::regclass"))
                .isEqualTo("{fillfactor=80}");
    }

    @Test
    void refusesAnOldServer() {
        assertThatExceptionOfType(RefusedStartException.class)
                .isThrownBy(() -> schema.checkVersion(16))
                .withMessageContaining("PostgreSQL 16")
                .withMessageContaining("Tributary needs version 17 or newer");
    }

    private void prepare() {
        try {
            schema.prepare(3);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
