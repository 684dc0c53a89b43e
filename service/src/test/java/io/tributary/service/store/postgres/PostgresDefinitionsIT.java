package io.tributary.service.store.postgres;

import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.DefinitionStore;
import io.tributary.service.store.DefinitionStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

class PostgresDefinitionsIT implements DefinitionStoreContract {

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
            statement.execute("truncate definitions");
        }
        store = new PostgresStore(settings);
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Override
    public DefinitionStore definitions() {
        return store.definitions();
    }
}
