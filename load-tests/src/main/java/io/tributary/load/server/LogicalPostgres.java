package io.tributary.load.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A durable PostgreSQL server whose log can be read by logical replication, which the service's own has no need of. */
public final class LogicalPostgres implements AutoCloseable {

    private final EmbeddedPostgres server;

    private LogicalPostgres(EmbeddedPostgres server) {
        this.server = server;
    }

    /**
     * Starts it on fresh data.
     *
     * @param directory for its programs and its data
     */
    public static LogicalPostgres start(Path directory) {
        try {
            return new LogicalPostgres(EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setServerConfig("wal_level", "logical")
                    .setServerConfig("fsync", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("full_page_writes", "on")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public PostgresServer address() {
        return new PostgresServer("127.0.0.1:" + server.getPort(), "postgres", "postgres", "");
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
