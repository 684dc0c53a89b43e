package io.tributary.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyPartitionsIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private PostgresSettings settings;
    private PostgresStore store;
    private IdempotencyPartitions partitions;

    @BeforeEach
    void open() throws SQLException {
        settings = PostgresServer.freshSchema();
        new PostgresSchema(settings).prepare(1);
        store = new PostgresStore(settings);
        partitions = store.idempotencyPartitions(Duration.ofHours(24));
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Test
    void makesTheHoursAhead() throws SQLException {
        partitions.tend().block(LONGEST);

        execute(
                "insert into idempotency select 0, '', '', '', now() + h * interval '1 hour' from generate_series(0, 5) h");
        assertThat(names()).hasSize(8);
    }

    @Test
    void changesNothingWhenNothingIsDue() throws SQLException {
        partitions.tend().block(LONGEST);
        List<String> before = names();

        partitions.tend().block(LONGEST);

        assertThat(names()).isEqualTo(before);
    }

    @Test
    void dropsWhatIsOlderThanItIsKept() throws SQLException {
        partitions.tend().block(LONGEST);
        String expired = partition(26);
        String kept = partition(24);

        partitions.tend().block(LONGEST);

        assertThat(names()).contains(kept).doesNotContain(expired);
    }

    @Test
    void dropsWhatAnInterruptedRunHasDetached() throws SQLException {
        String expired = partition(30);
        execute("alter table idempotency detach partition " + expired);

        partitions.tend().block(LONGEST);

        assertThat(names()).doesNotContain(expired);
    }

    @Test
    void waitsForNoReaderForLongAndFinishesLater() throws SQLException {
        partitions.tend().block(LONGEST);
        String expired = partition(30);
        try (Connection reader = PostgresServer.connect(settings);
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("select * from " + expired);

            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> partitions.tend().block(LONGEST))
                    .returns(StoreException.Kind.NOT_APPLIED, StoreException::kind);
            execute("insert into idempotency values (0, '', '', '', now())");
        }

        partitions.tend().block(LONGEST);

        assertThat(names()).doesNotContain(expired);
    }

    /** Makes a partition of an hour that many hours ago. */
    private String partition(int hoursAgo) throws SQLException {
        String name = ask("select 'idempotency_' || to_char(now() at time zone 'UTC' - interval '" + hoursAgo
                + " hours', 'YYYYMMDDHH24')");
        String hour = "date_trunc('hour', now()) - interval '" + hoursAgo + " hours'";
        execute("create table " + name + " partition of idempotency for values from ('" + ask("select " + hour)
                + "') to ('" + ask("select " + hour + " + interval '1 hour'") + "')");
        return name;
    }

    private List<String> names() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select relname from pg_class where relnamespace = current_schema()::regnamespace"
                                + " and relkind = 'r' and relname like 'idempotency!_%' escape '!' order by 1")) {
            while (result.next()) {
                names.add(result.getString(1));
            }
        }
        return names;
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
