package io.tributary.service.embedded;

import io.tributary.servers.Containers;
import io.tributary.service.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The one PostgreSQL of all integration tests of a JVM, in a container or embedded. It starts when it is first asked for. */
public final class PostgresServer {

    private static final Path DIRECTORY = Path.of("target", "postgresql-of-tests");
    private static final Path PROGRAMS = Path.of("target", "postgresql");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private PostgresServer() {}

    /** Settings with a schema that nobody else has and that is not there yet. */
    public static PostgresSettings freshSchema() {
        Address address = Shared.ADDRESS;
        return new PostgresSettings(
                address.r2dbcUrl(), address.username(), address.password(), "test_" + NAMES.incrementAndGet());
    }

    /** Settings with a database that was made for them, so that its sessions can be told from all others. */
    public static PostgresSettings freshDatabase() {
        Address address = Shared.ADDRESS;
        String database = "database_" + NAMES.incrementAndGet();
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + database);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        String server = address.r2dbcUrl().substring(0, address.r2dbcUrl().lastIndexOf('/') + 1);
        return new PostgresSettings(server + database, address.username(), address.password(), "tributary");
    }

    /** A connection of a test's own, whose names are looked up in the schema. */
    public static Connection connect(PostgresSettings settings) throws SQLException {
        Connection connection = Shared.ADDRESS.connect();
        connection.setSchema(settings.schema());
        return connection;
    }

    private static Address inContainer(PostgreSQLContainer container) {
        String place = "postgresql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/"
                + container.getDatabaseName();
        return new Address("r2dbc:" + place, "jdbc:" + place, container.getUsername(), container.getPassword());
    }

    private static Address embedded() {
        EmbeddedPostgresServer server = EmbeddedPostgresServer.start(DIRECTORY, PROGRAMS);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stops the PostgreSQL of the tests"));
        return new Address(server.r2dbcUrl(), server.jdbcUrl(), server.username(), server.password());
    }

    private static void dropSchemasOfEarlierRuns(Address address) {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            List<String> schemas = new ArrayList<>();
            try (ResultSet names =
                    statement.executeQuery("select nspname from pg_namespace where nspname ~ '^test_[0-9]+$'")) {
                while (names.next()) {
                    schemas.add(names.getString(1));
                }
            }
            for (String schema : schemas) {
                statement.execute("drop schema " + schema + " cascade");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Address(String r2dbcUrl, String jdbcUrl, String username, String password) {

        Connection connect() throws SQLException {
            return DriverManager.getConnection(jdbcUrl, username, password);
        }
    }

    private static final class Shared {

        static final Address ADDRESS =
                Containers.postgres().map(PostgresServer::inContainer).orElseGet(PostgresServer::embedded);

        static {
            dropSchemasOfEarlierRuns(ADDRESS);
        }
    }
}
