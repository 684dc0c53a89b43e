package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.sql.JdbcClients;
import io.tributary.load.generator.sql.Pgbench;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PostgreSQL alone, driven by a lean client of its own with one statement a transaction: the limit of the usual design. The
 * client is pgbench where that is installed, JDBC elsewhere.
 */
final class RawSql implements Contender {

    private static final int CONNECTIONS = 16;

    private final DocumentTables tables;
    private final String client;
    private final LoadGenerator singleWrites;

    private RawSql(DocumentTables tables, String client, LoadGenerator singleWrites) {
        this.tables = tables;
        this.client = client;
        this.singleWrites = singleWrites;
    }

    static RawSql start(Testbed testbed) {
        return start(testbed, testbed.postgres());
    }

    /** @param server another than that of all */
    static RawSql start(Testbed testbed, PostgresServer server) {
        DocumentTables tables = DocumentTables.create(server, "raw_sql", testbed.corpus());
        PostgresServer database = tables.database();
        return Pgbench.isInstalled()
                ? new RawSql(
                        tables,
                        "pgbench",
                        new Pgbench(
                                testbed.corpus(),
                                database.libpqVariables(),
                                CONNECTIONS,
                                directory(testbed.work("pgbench"))))
                : new RawSql(tables, "JDBC", new JdbcClients(testbed.corpus(), database.dataSource(), CONNECTIONS));
    }

    private static Path directory(Path path) {
        try {
            return Files.createDirectories(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    PostgresServer database() {
        return tables.database();
    }

    @Override
    public String name() {
        return "raw SQL (" + client + ")";
    }

    @Override
    public void fill() {
        tables.fill();
    }

    @Override
    public OptionalLong sum() {
        return tables.sum();
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.of(singleWrites);
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.empty();
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.of(tables.database());
    }

    @Override
    public void close() {
        // PostgreSQL is not its own.
    }
}
