package io.tributary.service.store.postgres;

import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.JobStore;
import io.tributary.service.store.JobStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresJobsIT implements JobStoreContract {

    private static PostgresSettings settings;
    private PostgresStore store;

    @BeforeAll
    static void makeTheSchema() throws SQLException {
        settings = PostgresServer.freshSchema();
        new PostgresSchema(settings).prepare(1);
    }

    @BeforeEach
    void openAnEmptyStore() throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute("truncate jobs cascade");
        }
        store = new PostgresStore(settings);
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Override
    public JobStore jobs() {
        return store.jobs();
    }
}
