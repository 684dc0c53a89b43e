package io.tributary.kafka.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A whole Kafka, broker and controller, inside this JVM, for running without any other server and for tests.
 *
 * <p>It keeps its data in one directory and finds it again after {@link #close()} and after the process was killed.
 * What it has acknowledged to a producer with {@code acks=all} is on the disk. It listens on the loopback interface
 * only, without encryption, and on the port it had the last time where that is still free.
 *
 * <p>It is one node: there is no second copy of anything, and topics are not created by being used. Its log is that of
 * the loggers {@code kafka}, {@code org.apache.kafka} and {@code state.change.logger}, and it is long.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EmbeddedKafka.class);

    /** A directory that has this file is formatted; one where formatting was interrupted does not have it. */
    private static final String WRITTEN_LAST = "meta.properties";

    private final KafkaRaftServer server;
    private final BrokerPorts ports;
    private final DirectoryLock lock;
    private boolean closed;

    private EmbeddedKafka(KafkaRaftServer server, BrokerPorts ports, DirectoryLock lock) {
        this.server = server;
        this.ports = ports;
        this.lock = lock;
    }

    /**
     * Starts a broker, and returns when it takes requests.
     *
     * @param dataDirectory where it keeps its data; created and formatted when it is not there
     * @throws DirectoryInUseException when another broker uses the directory
     * @throws IllegalStateException when it does not start
     * @throws UncheckedIOException when the directory cannot be written
     */
    public static EmbeddedKafka start(Path dataDirectory) {
        surviveTheBroker();
        try {
            Files.createDirectories(dataDirectory);
            DirectoryLock lock = DirectoryLock.of(dataDirectory);
            try {
                return start(dataDirectory, lock);
            } catch (Exception e) {
                lock.close();
                throw new IllegalStateException("The embedded Kafka does not start on " + dataDirectory, e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + dataDirectory + " for Kafka", e);
        }
    }

    private static EmbeddedKafka start(Path dataDirectory, DirectoryLock lock) throws Exception {
        BrokerPorts ports = BrokerPorts.of(dataDirectory.resolve("ports.properties"));
        KafkaConfig config = KafkaConfig.fromProps(BrokerProperties.of(dataDirectory.resolve("log"), ports), false);
        format(config);
        KafkaRaftServer server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
        return new EmbeddedKafka(server, ports, lock);
    }

    /** {@code host:port}, for a client's {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return BrokerPorts.HOST + ":" + ports.broker();
    }

    /** Stops the broker in good order, and returns when its files are closed. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        server.shutdown();
        server.awaitShutdown();
        try {
            lock.close();
        } catch (IOException e) {
            log.warn("The embedded Kafka keeps its directory locked", e);
        }
    }

    private static void format(KafkaConfig config) throws Exception {
        if (Files.exists(Path.of(config.metadataLogDir(), WRITTEN_LAST))) {
            return;
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        Formatter formatter = new Formatter()
                .setPrintStream(new PrintStream(said, true, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(config.nodeId())
                .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                .setMetadataLogDirectory(config.metadataLogDir());
        config.logDirs().forEach(formatter::addDirectory);
        formatter.run();
        log.debug("{}", said.toString(StandardCharsets.UTF_8));
    }

    /** A broker of its own ends its JVM when it cannot go on; this one has no right to. */
    private static void surviveTheBroker() {
        Exit.setExitProcedure(EmbeddedKafka::complain);
        Exit.setHaltProcedure(EmbeddedKafka::complain);
    }

    private static void complain(int status, @Nullable String message) {
        log.error("The embedded Kafka cannot go on (status {}): {}", status, message);
    }
}
