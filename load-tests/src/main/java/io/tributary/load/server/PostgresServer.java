package io.tributary.load.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The PostgreSQL server that all contenders use, each a database of its own. All methods block.
 *
 * @param address host and port
 * @param database one that is there already
 */
public record PostgresServer(String address, String database, String username, String password) {

    /** This server with another database, an empty one in the place of any that has the name. */
    public PostgresServer withFresh(String otherDatabase) {
        execute(
                "drop database if exists " + otherDatabase + " with (force)",
                "create database " + otherDatabase + " template template0");
        return new PostgresServer(address, otherDatabase, username, password);
    }

    /** The URL for R2DBC, without user and password. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://" + address + "/" + database;
    }

    /** The URL for libraries of other languages, with user and password. */
    public String postgresUrl() {
        return "postgres://" + encoded(username) + ':' + encoded(password) + '@' + address + '/' + database;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The variables by which PostgreSQL's own programs find this database. */
    public Map<String, String> libpqVariables() {
        int colon = address.lastIndexOf(':');
        return Map.of(
                "PGHOST", address.substring(0, colon),
                "PGPORT", address.substring(colon + 1),
                "PGDATABASE", database,
                "PGUSER", username,
                "PGPASSWORD", password);
    }

    /** This database for JDBC; each connection is a new one. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl("jdbc:postgresql://" + address + "/" + database);
        source.setUser(username);
        source.setPassword(password);
        return source;
    }

    /** The server's first process, when it runs on this machine. */
    public Optional<ProcessHandle> postmaster() {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .filter(backend -> backend.info().command().orElse("").contains("postgres"))
                    .flatMap(ProcessHandle::parent);
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address + " refused a query", e);
        }
    }

    /** A setting of the server, {@code fsync} for example. */
    public String setting(String name) {
        return query("select current_setting(?)", name);
    }

    /**
     * Puts everything on the disk that is not there yet, so that no run pays for the one before. Needs the rights of a
     * superuser.
     */
    public void checkpoint() {
        execute("checkpoint");
    }

    /** Brings the planner's knowledge up to date after many rows came into being. */
    public void analyse() {
        execute("vacuum (analyze)");
    }

    /** Executes statements that take no parameters, each on its own. */
    public void execute(String... statements) {
        try (Connection connection = dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address + " refused a statement", e);
        }
    }

    /** Executes a statement with arrays of strings as its parameters. */
    public void executeWithArrays(String sql, String[]... parameters) {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setArray(i + 1, connection.createArrayOf("text", parameters[i]));
            }
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address + " refused a statement", e);
        }
    }

    /** The one value that a query gives. */
    public String query(String sql, String... parameters) {
        try (Connection connection = dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address + " refused a query", e);
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return r2dbcUrl();
    }
}
