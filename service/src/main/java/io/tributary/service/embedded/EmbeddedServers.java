package io.tributary.service.embedded;

import io.tributary.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The servers that start with the service because no others are named.
 *
 * @param postgres null when another PostgreSQL is named
 * @param kafka null when another Kafka is named
 */
public record EmbeddedServers(
        @Nullable EmbeddedPostgresServer postgres, @Nullable EmbeddedKafka kafka) implements AutoCloseable {

    /** No server is started: all are named. */
    public static final EmbeddedServers NONE = new EmbeddedServers(null, null);

    /**
     * Starts both at the same time and waits for them.
     *
     * @param directory keeps the data of each in a directory of its own
     * @throws IllegalStateException when one cannot start, or the directory belongs to another running service
     */
    public static EmbeddedServers start(Path directory, boolean withPostgres, boolean withKafka) {
        CompletableFuture<@Nullable EmbeddedKafka> kafka =
                CompletableFuture.supplyAsync(() -> withKafka ? EmbeddedKafka.start(directory.resolve("kafka")) : null);
        EmbeddedPostgresServer postgres = null;
        try {
            postgres = withPostgres ? EmbeddedPostgresServer.start(directory.resolve("postgres")) : null;
            return new EmbeddedServers(postgres, kafka.join());
        } catch (RuntimeException e) {
            new EmbeddedServers(postgres, kafka.exceptionally(failed -> null).join()).close();
            throw e instanceof CompletionException && e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    @Override
    public void close() {
        if (kafka != null) {
            kafka.close();
        }
        if (postgres != null) {
            postgres.close();
        }
    }
}
