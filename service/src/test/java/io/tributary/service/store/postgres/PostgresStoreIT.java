package io.tributary.service.store.postgres;

import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.LaneHolder;
import io.tributary.service.store.Store;
import io.tributary.service.store.StoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresStoreIT implements StoreContract {

    private static PostgresSettings settings;
    private PostgresStore store;

    @BeforeAll
    static void makeTheSchema() throws SQLException {
        settings = PostgresServer.freshSchema();
        new PostgresSchema(settings).prepare(LANES);
        PostgresStore once = new PostgresStore(settings);
        once.idempotencyPartitions(Duration.ofHours(24)).tend().block(LONGEST);
        once.close().block(LONGEST);
    }

    @BeforeEach
    void openAnEmptyStore() throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("truncate documents, idempotency, turns, lanes");
            PostgresSchema.openLanes(connection, LANES);
        }
        store = new PostgresStore(settings);
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public LaneHolder hold(int lane) {
        try {
            return new LaneLockedByTransaction(PostgresServer.connect(settings), lane);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
