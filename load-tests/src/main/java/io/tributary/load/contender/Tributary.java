package io.tributary.load.contender;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.http.HttpCallers;
import io.tributary.load.generator.http.Requests;
import io.tributary.load.generator.kafka.ChangelogLag;
import io.tributary.load.generator.kafka.UpdatesProducer;
import io.tributary.load.server.Jvm;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The service, with the servers that its environment names, or else with embedded ones on an empty data directory.
 *
 * <p>It is known by its public interface only: the environment variables, the block that it prints, HTTP and Kafka; and, to
 * let others use its embedded PostgreSQL, the file in which that server's password is kept. Driven over HTTP and over Kafka.
 */
public final class Tributary implements Contender {

    private static final UpdatesProducer.Topics TOPICS =
            new UpdatesProducer.Topics("tributary.updates", "tributary.changes");
    private static final String MAIN_CLASS = "io.tributary.service.TributaryApplication";
    private static final Pattern GREETING =
            Pattern.compile("HTTP\\s+\\S+:(\\d+)\\s+PostgreSQL\\s+(?:\\S+//)?([^\\s/]+:\\d+)\\S*\\s+Kafka\\s+(\\S+)");
    private static final Pattern DATABASE = Pattern.compile("//[^/]+/([^/?]+)");

    private final Corpus corpus;
    private final HttpCallers callers;
    private final ServerProcess process;
    private final InetSocketAddress address;
    private final PostgresServer postgres;
    private final String bootstrapServers;
    private final UpdatesProducer updates;
    private final LoadGenerator singleWrites;
    private final LoadGenerator uniqueAppends;
    private final LoadGenerator bulk;

    private Tributary(
            Corpus corpus,
            HttpCallers callers,
            ServerProcess process,
            InetSocketAddress address,
            PostgresServer postgres,
            String bootstrapServers) {
        this.corpus = corpus;
        this.callers = callers;
        this.process = process;
        this.address = address;
        this.postgres = postgres;
        this.bootstrapServers = bootstrapServers;
        this.updates = new UpdatesProducer(corpus, bootstrapServers, TOPICS);
        this.singleWrites = callers.towards(address, Requests.patching(corpus));
        this.uniqueAppends = callers.towards(address, Requests.appending(corpus));
        this.bulk = callers.bulkTowards(address, "/v1/bulk", Requests.lines(corpus));
    }

    /**
     * Starts the service.
     *
     * @param classPath that of the service's own module
     * @param directory for what it prints, and for the data of embedded servers, which is not there yet
     */
    public static Tributary start(Corpus corpus, HttpCallers callers, Jvm jvm, String classPath, Path directory) {
        Path data = directory.resolve("data");
        Map<String, String> environment = new HashMap<>();
        environment.put("TRIBUTARY_DATA_DIR", data.toAbsolutePath().toString());
        environment.put("SERVER_PORT", "0");
        ServerProcess process = jvm.start(classPath, MAIN_CLASS, environment, directory.resolve("tributary.log"));
        MatchResult greeting = process.printed(GREETING);
        return new Tributary(
                corpus,
                callers,
                process,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(greeting.group(1))),
                postgres(greeting.group(2), System.getenv("TRIBUTARY_POSTGRES_URL"), data),
                greeting.group(3));
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

    /** Its servers, which have room for others. */
    public Testbed.Servers servers() {
        return new Testbed.Servers(
                postgres, bootstrapServers, hasEmbeddedKafka() ? Optional.of(process) : Optional.empty());
    }

    /** Whether its Kafka broker runs inside its process. */
    public static boolean hasEmbeddedKafka() {
        return System.getenv("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS") == null;
    }

    @Override
    public void fill() {
        updates.create();
        postgres.analyse();
    }

    @Override
    public OptionalLong sum() {
        try (CollectionPages pages = new CollectionPages(address, corpus.collection(), "n")) {
            return OptionalLong.of(pages.sum());
        }
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.of(singleWrites);
    }

    @Override
    public Optional<LoadGenerator> batches(int writes) {
        return Optional.of(callers.towards(address, Requests.batches(corpus, writes)));
    }

    @Override
    public Optional<LoadGenerator> job() {
        return Optional.of(new UpdateJob(address, corpus.collection()));
    }

    @Override
    public Optional<LoadGenerator> uniqueAppends() {
        return Optional.of(uniqueAppends);
    }

    @Override
    public Optional<LoadGenerator> bulk() {
        return Optional.of(bulk);
    }

    @Override
    public Optional<UpdatesProducer> stream() {
        return Optional.of(updates);
    }

    @Override
    public Optional<ChangelogLag> changelog() {
        return Optional.of(new ChangelogLag(bootstrapServers, TOPICS.changes()));
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(process);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.of(postgres);
    }

    @Override
    public void close() {
        updates.close();
        process.close();
    }
}
