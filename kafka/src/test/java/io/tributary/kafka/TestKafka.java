package io.tributary.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tributary.servers.Containers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Utils;

/** A broker and what tests do with it: the one that all tests of this JVM share, in a container or embedded. */
public class TestKafka {

    private final Map<String, Object> client;
    private final Admin admin;

    TestKafka(String bootstrapServers) {
        this.client = Map.of("bootstrap.servers", bootstrapServers);
        this.admin = Admin.create(client);
    }

    /** The one that nobody stops. */
    public static TestKafka shared() {
        return Shared.KAFKA;
    }

    /** Properties for clients. */
    public Map<String, Object> client() {
        return client;
    }

    public Admin admin() {
        return admin;
    }

    /** A new topic of a name that nobody else has. */
    public String topic(int partitions) {
        return topic(partitions, Map.of());
    }

    public String topic(int partitions, Map<String, String> configs) {
        String name = "topic-" + UUID.randomUUID();
        NewTopic topic = new NewTopic(name, Optional.of(partitions), Optional.empty()).configs(configs);
        await(admin.createTopics(List.of(topic)).all());
        return name;
    }

    /** Deletes the records of a partition before an offset, as retention would. */
    public void deleteRecords(String topic, int partition, long before) {
        await(admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(before)))
                .all());
    }

    public KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.putAll(more);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Puts texts into a partition, and returns when they are there. */
    public void produce(String topic, int partition, String... values) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8)));
            }
        }
    }

    /** All that is in a partition, read as nobody in particular. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic, int partition) {
        TopicPartition from = new TopicPartition(topic, partition);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes)) {
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = consumer.endOffsets(List.of(from)).get(from);
            while (consumer.position(from) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(records::add);
            }
        }
        return records;
    }

    public List<String> readTexts(String topic, int partition) {
        return read(topic, partition).stream().map(TestKafka::text).toList();
    }

    public static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    public static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Shared {

        static final TestKafka KAFKA = Containers.kafka()
                .map(container -> new TestKafka(container.getBootstrapServers()))
                .orElseGet(Shared::embedded);

        private static TestKafka embedded() {
            try {
                Path directory = Files.createTempDirectory("tributary-kafka");
                OwnKafka kafka = OwnKafka.start(directory);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(kafka, directory)));
                return kafka;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void delete(OwnKafka kafka, Path directory) {
            kafka.close();
            try {
                Utils.delete(directory.toFile());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
