package io.tributary.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A durable PostgreSQL server that goes away in several ways and comes back on the same port. */
public final class RestartablePostgres implements AutoCloseable {

    private static final Path PROGRAMS = Path.of("target", "postgresql");

    private final Path data;
    private final PostgresCluster cluster;
    private final String password;
    private final int port;

    private RestartablePostgres(Path data, PostgresCluster cluster, String password, int port) {
        this.data = data;
        this.cluster = cluster;
        this.password = password;
        this.port = port;
    }

    /** Starts a server on a directory that is created. */
    public static RestartablePostgres start(Path directory) throws IOException {
        Path home = Files.createDirectories(directory).toAbsolutePath();
        Path password = Files.writeString(home.resolve("password"), "only for tests");
        var programs = new Programs(PostgresBinaries.under(PROGRAMS.toAbsolutePath()), home.resolve("programs.log"));
        var cluster = new PostgresCluster(home.resolve("data"), home.resolve("server.log"), programs);
        cluster.create(password);
        var postgres = new RestartablePostgres(
                home.resolve("data"), cluster, Files.readString(password), EmbeddedPostgresServer.freePort());
        postgres.startAgain();
        return postgres;
    }

    public void startAgain() throws IOException {
        cluster.start(port);
    }

    /** Stops in good order, which ends all sessions. */
    public void stop() throws IOException {
        cluster.stop();
    }

    /** Kills all its processes at once. */
    public void crash() throws IOException {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** Stops all its processes where they are: connections stay open, and nobody answers. */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets its processes go on. */
    public void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        String processes = processes().stream()
                .map(process -> Long.toString(process.pid()))
                .collect(Collectors.joining(" "));
        // One may end meanwhile; the others get the signal all the same.
        new ProcessBuilder("/bin/sh", "-c", "kill -" + signal + " " + processes)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private List<ProcessHandle> processes() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    /** The URL for R2DBC, without user and password. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** The URL for JDBC, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String username() {
        return PostgresCluster.USER;
    }

    public String password() {
        return password;
    }

    @Override
    public void close() throws IOException {
        cluster.stop();
    }
}
