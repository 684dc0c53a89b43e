package io.tributary.service.embedded;

import io.tributary.service.start.RefusedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of the service's own: durable, on a free port of the loopback interface, with its data in a directory
 * that is found again at the next start, however the last run ended.
 *
 * <p>The server is a process of its own in a session of its own: it does not die with the service or by Ctrl-C, so
 * {@link #close} it after all that uses it. All methods block.
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgresServer.class);
    private static final String HOST = "127.0.0.1";
    private static final String DATABASE = "postgres";
    private static final int PASSWORD_BYTES = 24;

    private final DirectoryLock lock;
    private final PostgresCluster cluster;
    private final String password;
    private final int port;

    private EmbeddedPostgresServer(DirectoryLock lock, PostgresCluster cluster, String password, int port) {
        this.lock = lock;
        this.cluster = cluster;
        this.password = password;
        this.port = port;
    }

    /**
     * Starts a server on the data below {@code directory}, which is created when it is not there.
     *
     * @throws RefusedStartException when another service uses the directory
     * @throws IllegalStateException when PostgreSQL cannot start
     */
    public static EmbeddedPostgresServer start(Path directory) {
        return start(directory, directory);
    }

    /** @param programs where the programs are unpacked to, for servers that share them */
    static EmbeddedPostgresServer start(Path directory, Path programs) {
        long begin = System.nanoTime();
        Path home = directory.toAbsolutePath().normalize();
        try {
            EmbeddedPostgresServer server = startLocked(home, programs.toAbsolutePath(), DirectoryLock.of(home));
            LOG.info(
                    "PostgreSQL on {} at {}:{}, started in {} ms",
                    home,
                    HOST,
                    server.port,
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL could not start on " + home, e);
        }
    }

    private static EmbeddedPostgresServer startLocked(Path home, Path programs, DirectoryLock lock) throws IOException {
        try {
            Path passwordFile = home.resolve("password");
            String password = password(passwordFile);
            var cluster = new PostgresCluster(
                    home.resolve("data"),
                    home.resolve("server.log"),
                    new Programs(PostgresBinaries.under(programs), home.resolve("programs.log")));
            cluster.create(passwordFile);
            int port = freePort();
            cluster.start(port);
            return new EmbeddedPostgresServer(lock, cluster, password, port);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    public String host() {
        return HOST;
    }

    public int port() {
        return port;
    }

    /** The URL for R2DBC, without user and password. */
    public String r2dbcUrl() {
        return "r2dbc:postgresql://" + HOST + ":" + port + "/" + DATABASE;
    }

    /** The URL for JDBC, without user and password. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + HOST + ":" + port + "/" + DATABASE;
    }

    public String username() {
        return PostgresCluster.USER;
    }

    /** A random one, made with the data directory and kept in the file {@code password} beside it. */
    public String password() {
        return password;
    }

    /** Stops the server, which ends all its connections, and frees the directory. */
    @Override
    public void close() {
        try (lock) {
            cluster.stop();
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        }
    }

    private static String password(Path file) throws IOException {
        createForOwnerOnly(file);
        if (Files.size(file) == 0) {
            byte[] random = new byte[PASSWORD_BYTES];
            new SecureRandom().nextBytes(random);
            Files.writeString(file, Base64.getUrlEncoder().encodeToString(random));
        }
        return Files.readString(file).strip();
    }

    private static void createForOwnerOnly(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Files.createFile(file, attributes);
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
            return socket.getLocalPort();
        }
    }
}
