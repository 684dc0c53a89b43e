package io.tributary.load.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/**
 * The PostgreSQL server that all contenders use, each a database of its own. All methods block.
 *
 * @param address host and port
 * @param database one that is there already
 */
public record PostgresServer(String address, String database, String username, String password) {

    /** This server with another of its databases. */
    PostgresServer with(String otherDatabase) {
        return new PostgresServer(address, otherDatabase, username, password);
    }

    /** The URL for R2DBC, without user and password. */
    String r2dbcUrl() {
        return "r2dbc:postgresql://" + address + "/" + database;
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
    void analyse() {
        execute("vacuum (analyze)");
    }

    /** Executes statements that take no parameters, each on its own. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL at " + address + " refused a statement", e);
        }
    }

    /** Executes a statement with arrays of strings as its parameters. */
    void executeWithArrays(String sql, String[]... parameters) {
        try (Connection connection = connect();
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
    String query(String sql, String... parameters) {
        try (Connection connection = connect();
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

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", username);
        properties.setProperty("password", password);
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, properties);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return r2dbcUrl();
    }
}
