package io.tributary.service.embedded;

import io.tributary.kafka.embedded.DirectoryInUseException;
import io.tributary.kafka.embedded.EmbeddedKafka;
import io.tributary.service.start.RefusedStartException;
import java.io.UncheckedIOException;
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

    /**
     * Starts both at the same time and waits for them.
     *
     * @param directory keeps the data of each in a directory of its own
     * @throws RefusedStartException when the directory belongs to another running service or cannot be written, or the
     *     build has no such servers
     * @throws IllegalStateException when one cannot start
     */
    public static EmbeddedServers start(Path directory, boolean withPostgres, boolean withKafka) {
        CompletableFuture<@Nullable EmbeddedKafka> kafka =
                CompletableFuture.supplyAsync(() -> withKafka ? kafka(directory.resolve("kafka")) : null);
        EmbeddedPostgresServer postgres = null;
        try {
            postgres = withPostgres ? EmbeddedPostgresServer.start(directory.resolve("postgres")) : null;
            return new EmbeddedServers(postgres, kafka.join());
        } catch (RuntimeException | LinkageError e) {
            new EmbeddedServers(postgres, kafka.exceptionally(failed -> null).join()).close();
            throw refusal(directory, e);
        }
    }

    private static EmbeddedKafka kafka(Path directory) {
        try {
            return EmbeddedKafka.start(directory);
        } catch (DirectoryInUseException e) {
            throw DirectoryLock.inUse(directory);
        }
    }

    private static RuntimeException refusal(Path directory, Throwable failure) {
        return switch (failure) {
            case CompletionException wrapper when wrapper.getCause() != null -> refusal(directory, wrapper.getCause());
            case LinkageError absent ->
                new RefusedStartException(
                        "This build has no embedded servers",
                        "Name yours with tributary.postgres.url and tributary.kafka.bootstrap-servers.",
                        absent);
            case UncheckedIOException unusable ->
                new RefusedStartException(
                        unusable.getMessage() + ": " + unusable.getCause(),
                        "See that " + directory.toAbsolutePath()
                                + " can be written and has room, or name another tributary.data-dir.",
                        unusable);
            case RuntimeException known -> known;
            default -> new IllegalStateException("The embedded servers could not start", failure);
        };
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
