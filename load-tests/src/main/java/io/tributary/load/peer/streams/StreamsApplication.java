package io.tributary.load.peer.streams;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * Keeps documents in a state store: from a topic of updates to a topic of changes, exactly once. Tells the sum of a field over
 * all documents at {@code GET /sum/<field>}.
 *
 * <p>The environment names the broker, {@code BOOTSTRAP_SERVERS}; the topics, {@code UPDATES} and {@code CHANGES}; and the
 * directory of the store, {@code STATE_DIR}.
 */
public final class StreamsApplication {

    private StreamsApplication() {}

    public static void main(String[] arguments) throws IOException {
        Map<String, String> environment = System.getenv();
        KafkaStreams streams = new KafkaStreams(topology(environment), properties(environment));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sum/", exchange -> {
            String field = exchange.getRequestURI().getPath().substring("/sum/".length());
            byte[] sum = Long.toString(new DocumentStore(streams).sum(field)).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, sum.length);
            exchange.getResponseBody().write(sum);
            exchange.close();
        });
        streams.setStateListener((now, before) -> {
            if (now == KafkaStreams.State.RUNNING) {
                System.out.println("Listening on port " + server.getAddress().getPort());
            }
        });
        Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
        server.start();
        streams.start();
    }

    private static Properties properties(Map<String, String> environment) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "benchmark-streams");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, environment.get("BOOTSTRAP_SERVERS"));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, environment.get("STATE_DIR"));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(
                StreamsConfig.NUM_STREAM_THREADS_CONFIG, Runtime.getRuntime().availableProcessors());
        return properties;
    }

    private static Topology topology(Map<String, String> environment) {
        return new Topology()
                .addSource(
                        "updates",
                        Serdes.String().deserializer(),
                        Serdes.ByteArray().deserializer(),
                        environment.get("UPDATES"))
                .addProcessor("documents", UpdateProcessor::new, "updates")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(DocumentStore.NAME),
                                Serdes.String(),
                                Serdes.ByteArray()),
                        "documents")
                .addSink(
                        "changes",
                        environment.get("CHANGES"),
                        Serdes.String().serializer(),
                        Serdes.ByteArray().serializer(),
                        "documents");
    }
}
