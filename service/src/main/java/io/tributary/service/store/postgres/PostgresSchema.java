package io.tributary.service.store.postgres;

import io.tributary.service.start.RefusedStartException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** Makes the tables, and brings those of an older release up to date. Blocks; used once, before the store. */
public final class PostgresSchema {

    static final int MINIMUM_VERSION = 17;

    private final PostgresSettings settings;

    public PostgresSchema(PostgresSettings settings) {
        this.settings = settings;
    }

    /**
     * Makes the schema ready for {@code lanes} lanes, however many instances do so at the same time.
     *
     * @throws RefusedStartException when the server is too old, or the schema was made for another number of lanes
     * @throws SQLException when the server cannot be reached or refuses; {@link #isAway} tells which
     * @throws org.flywaydb.core.api.FlywayException likewise
     */
    public void prepare(int lanes) throws SQLException {
        try (Connection connection = connect()) {
            checkVersion(connection.getMetaData().getDatabaseMajorVersion());
            migrate();
            connection.setSchema(settings.schema());
            openLanes(connection, lanes);
        }
    }

    /** Whether a failure to prepare says only that the server takes no connections at the moment. */
    public static boolean isAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException known && takesNoConnections(known.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /**
     * It is not reachable, is starting or stopping, or has no connection left.
     *
     * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">the list of SQLSTATEs</a>
     */
    private static boolean takesNoConnections(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P") || state.equals("53300"));
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.put("connectTimeout", "3");
        properties.put("loginTimeout", "5");
        properties.put("ApplicationName", "tributary schema");
        PostgresSettings.Credentials credentials = settings.credentials();
        properties.put("user", credentials.username());
        properties.put("password", credentials.password());
        return DriverManager.getConnection(settings.jdbcUrl(), properties);
    }

    void checkVersion(int version) {
        if (version < MINIMUM_VERSION) {
            throw new RefusedStartException(
                    "PostgreSQL " + version + " at " + settings.address() + " is too old",
                    "Tributary needs version " + MINIMUM_VERSION + " or newer: upgrade the server, or name another with"
                            + " tributary.postgres.url.");
        }
    }

    private void migrate() {
        PostgresSettings.Credentials credentials = settings.credentials();
        Flyway.configure()
                .dataSource(settings.jdbcUrl(), credentials.username(), credentials.password())
                .schemas(settings.schema())
                .load()
                .migrate();
    }

    /** Gives an empty schema its lanes, whose number is what it has from then on. */
    static void openLanes(Connection connection, int lanes) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("lock table lanes in share row exclusive mode");
            int stored = count(statement);
            if (stored == 0) {
                insert(connection, lanes);
            } else if (stored != lanes) {
                throw new RefusedStartException(
                        "tributary.lanes is " + lanes + ", but this database was made for " + stored
                                + " lanes, which cannot be changed: documents would move between them",
                        "Start with tributary.lanes=" + stored
                                + ", or name another tributary.postgres.schema for a new installation.");
            }
        }
        connection.commit();
    }

    private static int count(Statement statement) throws SQLException {
        try (ResultSet result = statement.executeQuery("select count(*) from lanes")) {
            result.next();
            return result.getInt(1);
        }
    }

    private static void insert(Connection connection, int lanes) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                with opened as (insert into lanes (lane) select generate_series(0, ? - 1) returning lane)
                insert into turns (lane, turn, epoch, sequence, records, next_offset, committed_at, commit_id)
                select lane, 0, 0, 0, 0, 0, '2000-01-01 00:00:00+00', gen_random_uuid() from opened
                """)) {
            insert.setInt(1, lanes);
            insert.executeUpdate();
        }
    }
}
