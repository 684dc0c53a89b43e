package io.tributary.kafka;

import io.tributary.kafka.embedded.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;

/** An embedded broker that a test has for itself, to stop and start it. */
public final class OwnKafka extends TestKafka implements AutoCloseable {

    private final Path directory;
    private EmbeddedKafka broker;

    private OwnKafka(Path directory, EmbeddedKafka broker) {
        super(broker.bootstrapServers());
        this.directory = directory;
        this.broker = broker;
    }

    /** @param directory where it keeps its data */
    public static OwnKafka start(Path directory) {
        return new OwnKafka(directory, EmbeddedKafka.start(directory));
    }

    public void stop() {
        broker.close();
    }

    /** Starts it again on the same data, and on the same port. */
    public void startAgain() {
        broker = EmbeddedKafka.start(directory);
    }

    @Override
    public void close() {
        admin().close(Duration.ZERO);
        broker.close();
    }
}
