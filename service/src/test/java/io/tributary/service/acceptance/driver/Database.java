package io.tributary.service.acceptance.driver;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What an operator sees of the service's sessions in PostgreSQL. */
public final class Database {

    private static final String OURS = "from pg_stat_activity where application_name like 'tributary%'";

    private final String url;
    private final String username;
    private final String password;

    /** @param url a JDBC URL */
    public Database(String url, String username, String password) {
        this.url = url;
        this.username = username;
        this.password = password;
    }

    /** How many connections the service has at most for one purpose. */
    public int connectionsForOnePurpose() {
        return ask(
                "select coalesce(max(same), 0) from (select count(*) as same " + OURS + " group by application_name)");
    }

    /** Ends all connections of the service, as {@code pg_terminate_backend} does; returns how many there were. */
    public int terminateConnections() {
        return ask("select count(pg_terminate_backend(pid)) " + OURS);
    }

    private int ask(String sql) {
        try (Connection connection = DriverManager.getConnection(url, username, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL does not answer", e);
        }
    }
}
