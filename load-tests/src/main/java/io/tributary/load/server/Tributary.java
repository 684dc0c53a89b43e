package io.tributary.load.server;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.UpdatesProducer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service, with the servers that its environment names, or else with embedded ones on an empty data directory.
 *
 * <p>It is known by its public interface only: the environment variables, the block that it prints, HTTP and Kafka; and, to
 * let others use its embedded PostgreSQL, the file in which that server's password is kept.
 */
public final class Tributary implements Contender {

    private static final String MAIN_CLASS = "io.tributary.service.TributaryApplication";
    private static final Pattern GREETING =
            Pattern.compile("HTTP\\s+\\S+:(\\d+)\\s+PostgreSQL\\s+(?:\\S+//)?([^\\s/]+:\\d+)\\S*\\s+Kafka\\s+(\\S+)");
    private static final Pattern DATABASE = Pattern.compile("//[^/]+/([^/?]+)");

    private final JavaProcess process;
    private final InetSocketAddress address;
    private final PostgresServer postgres;
    private final UpdatesProducer updates;

    private Tributary(
            JavaProcess process, InetSocketAddress address, PostgresServer postgres, UpdatesProducer updates) {
        this.process = process;
        this.address = address;
        this.postgres = postgres;
        this.updates = updates;
    }

    /**
     * Starts the service.
     *
     * @param classPath that of the service's own module
     * @param data for embedded servers; absent or empty
     */
    public static Tributary start(String classPath, String heap, Path data, Path log) {
        Map<String, String> environment = new HashMap<>();
        environment.put("TRIBUTARY_DATA_DIR", data.toAbsolutePath().toString());
        environment.put("SERVER_PORT", "0");
        JavaProcess process = JavaProcess.start(new JavaCommand(classPath, MAIN_CLASS, heap, environment), log);
        MatchResult greeting = process.printed(GREETING);
        return new Tributary(
                process,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(greeting.group(1))),
                postgres(greeting.group(2), System.getenv("TRIBUTARY_POSTGRES_URL"), data),
                new UpdatesProducer(greeting.group(3)));
    }

    private static PostgresServer postgres(String address, @Nullable String named, Path data) {
        if (named == null) {
            return new PostgresServer(address, "postgres", "tributary", embeddedPassword(data));
        }
        return new PostgresServer(
                address,
                DATABASE.matcher(named)
                        .results()
                        .findFirst()
                        .map(result -> result.group(1))
                        .orElse("postgres"),
                System.getenv().getOrDefault("TRIBUTARY_POSTGRES_USERNAME", ""),
                System.getenv().getOrDefault("TRIBUTARY_POSTGRES_PASSWORD", ""));
    }

    private static String embeddedPassword(Path data) {
        try {
            return Files.readString(data.resolve("postgres/password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "Tributary";
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    /** The PostgreSQL server that it uses, which has room for other databases. */
    public PostgresServer postgres() {
        return postgres;
    }

    /** The way in over Kafka. */
    public UpdatesProducer updates() {
        return updates;
    }

    @Override
    public void fill(Corpus corpus) {
        updates.create(corpus);
        postgres.analyse();
    }

    @Override
    public long sum(Corpus corpus) {
        try (CollectionPages pages = new CollectionPages(address, corpus.collection(), "n")) {
            return pages.sum();
        }
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        updates.close();
        process.close();
    }
}
