package io.tributary.kafka.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.OwnKafka;
import io.tributary.kafka.TestKafka;
import io.tributary.kafka.publish.OrderedProducer.Admission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderedProducerIT {

    private static final int MEBIBYTE = 1 << 20;

    private final TestKafka kafka = TestKafka.shared();
    private final CollectingProducerListener listener = new CollectingProducerListener();
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();
    private final OrderedProducer producer =
            OrderedProducer.start(ProducerSettings.enduring(kafka.client(), MEBIBYTE, 4 * MEBIBYTE), listener);

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void recordsAreInTheLogInTheOrderOfTheirBatches() {
        String topic = kafka.topic(1);

        send(producer, topic, "a", "b");
        send(producer, topic, "c");

        await().untilAsserted(() -> assertThat(acknowledged).containsExactly("b", "c"));
        assertThat(kafka.readTexts(topic, 0)).containsExactly("a", "b", "c");
    }

    @Test
    void nothingComesAfterARecordThatTheBrokerRefuses() {
        String topic = kafka.topic(1, Map.of("max.message.bytes", Integer.toString(MEBIBYTE / 2)));
        byte[] large = new byte[MEBIBYTE * 3 / 4];
        new Random(1).nextBytes(large);
        producer.send(List.of(new ProducerRecord<>(topic, 0, null, large)), () -> acknowledged.add("large"));
        IntStream.range(0, 1_000).forEach(i -> send(producer, topic, Integer.toString(i)));

        await().untilAsserted(() -> assertThat(listener.failures).hasSize(1));
        producer.close();

        assertThat(listener.failures.get(0)).isInstanceOf(RecordTooLargeException.class);
        assertThat(kafka.readTexts(topic, 0)).isEmpty();
    }

    @Test
    void takesNothingMoreAfterAFailure() {
        String topic = kafka.topic(1);
        send(producer, topic, "x".repeat(2 * MEBIBYTE));
        await().untilAsserted(() -> assertThat(listener.failures).hasSize(1));

        Admission admission = send(producer, topic, "a");

        assertThat(admission).isEqualTo(Admission.STOPPED);
    }

    @Test
    void sendsAgainAfterARestart() {
        String topic = kafka.topic(1);
        send(producer, topic, "x".repeat(2 * MEBIBYTE));
        await().untilAsserted(() -> assertThat(listener.failures).hasSize(1));

        producer.restart();
        send(producer, topic, "a");

        await().untilAsserted(() -> assertThat(acknowledged).containsExactly("a"));
    }

    @Test
    void closesWhileItWaitsForATopicThatIsNotThere() {
        send(producer, "no-such-topic", "a");

        producer.close();

        assertThat(send(producer, "no-such-topic", "b")).isEqualTo(Admission.STOPPED);
    }

    @Test
    void closesWhenAllIsAcknowledged() {
        String topic = kafka.topic(1);
        send(producer, topic, numbered(5_000));

        producer.close(Duration.ofSeconds(20));

        assertThat(acknowledged).containsExactly("4999");
    }

    @Test
    void allArriveOnceAndInOrderThoughTheBrokerRestarts(@TempDir Path directory) {
        try (OwnKafka own = OwnKafka.start(directory);
                OrderedProducer enduring = OrderedProducer.start(
                        ProducerSettings.enduring(own.client(), MEBIBYTE, 4 * MEBIBYTE), listener)) {
            String topic = own.topic(1);
            send(enduring, topic, "0");
            await().untilAsserted(() -> assertThat(acknowledged).containsExactly("0"));

            IntStream.range(1, 1_000).forEach(i -> send(enduring, topic, Integer.toString(i)));
            own.stop();
            IntStream.range(1_000, 2_000).forEach(i -> send(enduring, topic, Integer.toString(i)));
            own.startAgain();

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(acknowledged).containsExactly(numbered(2_000)));
            assertThat(own.readTexts(topic, 0)).containsExactly(numbered(2_000));
            assertThat(listener.failures).isEmpty();
        }
    }

    private Admission send(OrderedProducer to, String topic, String... values) {
        List<ProducerRecord<byte[], byte[]>> batch = List.of(values).stream()
                .map(value -> new ProducerRecord<byte[], byte[]>(topic, 0, null, value.getBytes(UTF_8)))
                .toList();
        return to.send(batch, () -> acknowledged.add(values[values.length - 1]));
    }

    private static String[] numbered(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toArray(String[]::new);
    }
}
