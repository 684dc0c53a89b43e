package io.tributary.service.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tributary.service.start.RefusedStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedPostgresServerIT {

    private static final Path PROGRAMS = Path.of("target", "postgresql");

    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void nameADirectoryThatIsNotThereYet() {
        directory = parent.resolve("data of mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsync", "synchronous_commit", "full_page_writes"})
    void isDurable(String setting) throws SQLException {
        try (var server = start()) {
            assertThat(ask(server, "show " + setting)).isEqualTo("on");
        }
    }

    @Test
    void isPostgresEighteenOnLoopbackOnly() throws SQLException {
        try (var server = start()) {
            assertThat(ask(server, "show server_version")).startsWith("18.");
            assertThat(ask(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(ask(server, "show unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void refusesAWrongPassword() {
        try (var server = start()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), server.username(), "guess"))
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void findsItsDataAgainAfterAStop() throws SQLException {
        try (var server = start()) {
            run(server, "create table kept as select 'as it was' as was");
        }
        try (var server = start()) {
            assertThat(ask(server, "select was from kept")).isEqualTo("as it was");
        }
    }

    @Test
    void findsItsDataAgainAfterTheServerWasKilled() throws Exception {
        try (var server = start()) {
            run(server, "create table kept as select 'as it was' as was");
            kill(postmaster());
        }
        try (var server = start()) {
            assertThat(ask(server, "select was from kept")).isEqualTo("as it was");
        }
    }

    @Test
    void stopsTheServerThatAKilledServiceLeftBehind() throws Exception {
        start().close();
        var orphan = new PostgresCluster(
                directory.resolve("data"),
                directory.resolve("server.log"),
                new Programs(PostgresBinaries.under(PROGRAMS.toAbsolutePath()), directory.resolve("programs.log")));
        orphan.start(EmbeddedPostgresServer.freePort());
        ProcessHandle left = postmaster();

        try (var server = start()) {
            assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void isNotMisledByAPidFileWhoseNumberIsAnotherProgramNow() throws Exception {
        start().close();
        Files.write(
                directory.resolve("data/postmaster.pid"),
                List.of(String.valueOf(ProcessHandle.current().pid()), "data", "0", "5432", "", "127.0.0.1"));

        try (var server = start()) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void beginsAnewWhenItsFirstStartWasInterrupted() throws Exception {
        Files.createDirectories(directory.resolve("data.unfinished/base"));
        Files.createFile(directory.resolve("password"));

        try (var server = start()) {
            assertThat(ask(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void refusesADirectoryThatAnotherServiceUses() {
        try (var first = start()) {
            assertThatExceptionOfType(RefusedStartException.class)
                    .isThrownBy(this::start)
                    .withMessageContaining(directory + " is in use by another running service");
            assertThat(first.port()).isPositive();
        }
    }

    private EmbeddedPostgresServer start() {
        return EmbeddedPostgresServer.start(directory, PROGRAMS);
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static void kill(ProcessHandle process) throws Exception {
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get();
    }

    private static void run(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(EmbeddedPostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }

    private static Connection connect(EmbeddedPostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.username(), server.password());
    }
}
