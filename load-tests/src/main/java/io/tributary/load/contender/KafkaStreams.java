package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.kafka.UpdatesProducer;
import io.tributary.load.server.KafkaTopics;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The Kafka way: Kafka Streams with exactly_once_v2, its documents in a state store. Driven over Kafka. */
final class KafkaStreams implements Contender {

    private static final String MAIN_CLASS = "io.tributary.load.peer.streams.StreamsApplication";
    private static final UpdatesProducer.Topics TOPICS =
            new UpdatesProducer.Topics("streams.updates", "streams.changes");
    private static final Pattern PORT = Pattern.compile("Listening on port (\\d+)");

    private final ServerProcess process;
    private final URI sum;
    private final UpdatesProducer updates;
    private final Optional<ServerProcess> broker;

    private KafkaStreams(Testbed testbed, ServerProcess process, URI sum) {
        this.process = process;
        this.sum = sum;
        this.updates = new UpdatesProducer(testbed.corpus(), testbed.bootstrapServers(), TOPICS);
        this.broker = testbed.servers().broker();
    }

    static KafkaStreams start(Testbed testbed) {
        KafkaTopics.create(testbed.bootstrapServers(), TOPICS.updates(), TOPICS.changes());
        ServerProcess process = testbed.jvm()
                .start(
                        MAIN_CLASS,
                        Map.of(
                                "BOOTSTRAP_SERVERS", testbed.bootstrapServers(),
                                "UPDATES", TOPICS.updates(),
                                "CHANGES", TOPICS.changes(),
                                "STATE_DIR",
                                        testbed.work("kafka-streams")
                                                .toAbsolutePath()
                                                .toString()),
                        testbed.log("kafka-streams"));
        String port = process.printed(PORT).group(1);
        return new KafkaStreams(
                testbed,
                process,
                URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ':' + port + "/sum/n"));
    }

    @Override
    public String name() {
        return "Kafka Streams";
    }

    @Override
    public void fill() {
        updates.create();
    }

    @Override
    public OptionalLong sum() {
        return OptionalLong.of(
                Long.parseLong(HttpAnswers.body(HttpRequest.newBuilder(sum).GET())));
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.empty();
    }

    @Override
    public Optional<UpdatesProducer> stream() {
        return Optional.of(updates);
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(process);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerProcess> kafka() {
        return broker;
    }

    @Override
    public void close() {
        updates.close();
        process.close();
    }
}
