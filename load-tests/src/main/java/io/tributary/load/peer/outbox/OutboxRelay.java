package io.tributary.load.peer.outbox;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Publishes the rows of an outbox table from the log of PostgreSQL.
 *
 * <p>The environment names the database by {@code PGHOST}, {@code PGPORT}, {@code PGDATABASE}, {@code PGUSER} and
 * {@code PGPASSWORD}, the broker by {@code BOOTSTRAP_SERVERS} and the topic by {@code CHANGES}.
 */
public final class OutboxRelay {

    private OutboxRelay() {}

    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        environment.getOrDefault("BOOTSTRAP_SERVERS", ""),
                        ProducerConfig.ACKS_CONFIG,
                        "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        DebeziumEngine<RecordChangeEvent<SourceRecord>> engine = DebeziumEngine.create(
                        ChangeEventFormat.of(Connect.class))
                .using(properties(environment))
                .using((success, message, error) -> System.out.println(message))
                .notifying(new OutboxPublisher(producer, environment.getOrDefault("CHANGES", "")))
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(engine, producer)));
        engine.run();
    }

    private static Properties properties(Map<String, String> environment) {
        Properties properties = new Properties();
        properties.put("name", "outbox");
        properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        properties.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.put("topic.prefix", "outbox");
        properties.put("plugin.name", "pgoutput");
        properties.put("publication.autocreate.mode", "filtered");
        properties.put("table.include.list", "public.outbox");
        properties.put("snapshot.mode", "no_data");
        // Half a second unless told otherwise, for which changes would wait.
        properties.put("poll.interval.ms", "10");
        properties.put("database.hostname", environment.get("PGHOST"));
        properties.put("database.port", environment.get("PGPORT"));
        properties.put("database.dbname", environment.get("PGDATABASE"));
        properties.put("database.user", environment.get("PGUSER"));
        properties.put("database.password", environment.get("PGPASSWORD"));
        return properties;
    }

    private static void close(DebeziumEngine<?> engine, KafkaProducer<?, ?> producer) {
        try {
            engine.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            producer.close();
        }
    }
}
