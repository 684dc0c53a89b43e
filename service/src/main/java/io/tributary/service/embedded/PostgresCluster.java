package io.tributary.service.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * A data directory of PostgreSQL and the server on it.
 *
 * <p>A service that is killed leaves its server running; {@link #start} stops such an orphan first, which rolls back what
 * it had under way.
 */
final class PostgresCluster {

    static final String USER = "tributary";

    private static final Logger LOG = LoggerFactory.getLogger(PostgresCluster.class);
    private static final Duration TO_CREATE = Duration.ofMinutes(2);
    private static final Duration TO_START = Duration.ofMinutes(5);
    private static final Duration TO_STOP = Duration.ofSeconds(30);
    private static final Duration FOR_OLD_PROCESSES_TO_END = Duration.ofSeconds(15);

    private final Path data;
    private final Path pidFile;
    private final Path log;
    private final Programs programs;

    PostgresCluster(Path data, Path log, Programs programs) {
        this.data = data;
        this.pidFile = data.resolve("postmaster.pid");
        this.log = log;
        this.programs = programs;
    }

    /** Creates the data directory, unless it is there. A creation that was interrupted is begun anew. */
    void create(Path passwordFile) throws IOException {
        if (Files.isDirectory(data)) {
            return;
        }
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        programs.run(
                        TO_CREATE,
                        "initdb",
                        "--pgdata=" + unfinished,
                        "--username=" + USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--no-locale")
                .orFail("PostgreSQL could not create " + data);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts the server on a port of the loopback interface and waits until it takes connections. */
    void start(int port) throws IOException {
        boolean unclean = stopOrphan();
        Files.write(data.resolve("postgresql.conf"), settings());
        long giveUpAt = System.nanoTime() + (unclean ? FOR_OLD_PROCESSES_TO_END.toNanos() : 0);
        Programs.Result result = tryToStart(port);
        // The processes of a killed server end by themselves, a little later than it.
        while (!result.succeeded() && System.nanoTime() < giveUpAt) {
            result = tryToStart(port);
        }
        if (!result.succeeded()) {
            throw new IllegalStateException("The embedded PostgreSQL did not start: "
                    + result.output().strip() + System.lineSeparator() + endOfLog());
        }
    }

    /** Stops the server, if it runs. */
    void stop() throws IOException {
        if (process().filter(this::servesThisDirectory).isPresent()
                && !stop("fast").succeeded()) {
            stop("immediate").orFail("The embedded PostgreSQL did not stop");
        }
    }

    private Programs.Result stop(String mode) throws IOException {
        return programs.run(
                TO_STOP.plusSeconds(5),
                "pg_ctl",
                "stop",
                "--pgdata=" + data,
                "--mode=" + mode,
                "--wait",
                "--timeout=" + TO_STOP.toSeconds());
    }

    private Programs.Result tryToStart(int port) throws IOException {
        Files.deleteIfExists(log);
        return programs.run(
                TO_START.plusSeconds(5),
                "pg_ctl",
                "start",
                "--pgdata=" + data,
                "--log=" + log,
                "--options=-p " + port + " -c fsync=on -c synchronous_commit=on -c full_page_writes=on",
                "--wait",
                "--timeout=" + TO_START.toSeconds());
    }

    /** @return whether the last server did not end properly */
    private boolean stopOrphan() throws IOException {
        if (!Files.exists(pidFile)) {
            return false;
        }
        Optional<ProcessHandle> process = process();
        if (process.filter(this::servesThisDirectory).isPresent()) {
            LOG.warn("A PostgreSQL server still runs on {}; its service must have been killed. Stopping it.", data);
            stop();
        } else if (process.isPresent()) {
            // The number belongs to another program now; PostgreSQL would take that for its own server.
            Files.delete(pidFile);
        }
        return true;
    }

    /** The process that has the number in the server's file; not certainly the server. */
    private Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(pidFile)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst()
                    .filter(line -> line.matches("[0-9]{1,18}"))
                    .flatMap(line -> ProcessHandle.of(Long.parseLong(line)));
        }
    }

    private boolean servesThisDirectory(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        boolean postgres = info.command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(false);
        boolean here = info.arguments()
                .map(arguments -> List.of(arguments).contains(data.toString()))
                .orElse(true);
        return postgres && here;
    }

    private static List<String> settings() {
        return List.of(
                "# Written at each start of the service. What is to stay belongs into postgresql.auto.conf.",
                "listen_addresses = '127.0.0.1'",
                "unix_socket_directories = ''",
                "max_connections = 64",
                "shared_buffers = 256MB",
                "min_wal_size = 1GB",
                "max_wal_size = 2GB",
                "checkpoint_timeout = 15min",
                "jit = off",
                "timezone = 'UTC'",
                "log_timezone = 'UTC'",
                "lc_messages = 'C'",
                "# Errors belong to clients, who know what was in their statements; a log should not.",
                "log_min_messages = log");
    }

    private String endOfLog() throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        List<String> lines = Files.readAllLines(log);
        return String.join(System.lineSeparator(), lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
}
