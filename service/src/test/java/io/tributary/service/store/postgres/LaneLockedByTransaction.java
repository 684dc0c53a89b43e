package io.tributary.service.store.postgres;

import io.tributary.service.store.LaneHolder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A lane's lock in a transaction of a plain JDBC connection. */
final class LaneLockedByTransaction implements LaneHolder {

    private final Connection connection;
    private final int lane;

    LaneLockedByTransaction(Connection connection, int lane) throws SQLException {
        this.connection = connection;
        this.lane = lane;
        connection.setAutoCommit(false);
        execute("select * from lanes where lane = " + lane + " for no key update");
    }

    @Override
    public void commitTurn() {
        execute("""
                insert into turns
                select lane, turn + 1, epoch, sequence, 0, next_offset, committed_at + interval '1 second', gen_random_uuid()
                from turns where lane = %d order by turn desc limit 1
                """.formatted(lane));
    }

    @Override
    public boolean isWaitedFor() {
        try (Statement statement = connection.createStatement();
                ResultSet waiting = statement.executeQuery(
                        "select count(*) > 0 from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))")) {
            waiting.next();
            return waiting.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
