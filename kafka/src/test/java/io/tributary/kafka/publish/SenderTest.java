package io.tributary.kafka.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.publish.OrderedProducer.Admission;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SenderTest {

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final CollectingProducerListener listener = new CollectingProducerListener();
    private final Sender sender = new Sender(kafka, listener, 100);
    private final List<String> acknowledged = new CopyOnWriteArrayList<>();

    @Test
    void acknowledgesABatchAfterItsLastRecord() {
        sender.send(batch("a", "b"));
        await().until(() -> kafka.history().size() == 2);

        kafka.completeNext();
        assertThat(acknowledged).isEmpty();
        kafka.completeNext();

        assertThat(acknowledged).containsExactly("ab");
    }

    @Test
    void acknowledgesNothingAfterAFailure() {
        sender.send(batch("a"));
        sender.send(batch("b"));
        await().until(() -> kafka.history().size() == 2);

        kafka.errorNext(new IllegalStateException("refused"));
        kafka.completeNext();

        assertThat(acknowledged).isEmpty();
    }

    @Test
    void tellsOfTheFirstFailureOnly() {
        sender.send(batch("a"));
        sender.send(batch("b"));
        await().until(() -> kafka.history().size() == 2);

        kafka.errorNext(new IllegalStateException("first"));
        kafka.errorNext(new IllegalStateException("second"));

        assertThat(listener.failures)
                .singleElement()
                .satisfies(e -> assertThat(e).hasMessage("first"));
    }

    @Test
    void tellsInWhichPartitionItFailed() {
        sender.send(new Batch(List.of(new ProducerRecord<>("topic", 7, null, new byte[0])), () -> {}));
        sender.send(batch("b"));
        await().until(() -> kafka.history().size() == 2);

        kafka.errorNext(new IllegalStateException("first"));
        kafka.errorNext(new IllegalStateException("second"));

        assertThat(listener.partitions).containsExactly(7);
    }

    @Test
    void closesTheClientBeforeItTellsOfTheFailure() {
        sender.send(batch("a"));
        await().until(() -> kafka.history().size() == 1);

        kafka.errorNext(new IllegalStateException("refused"));

        assertThat(kafka.closed()).isTrue();
    }

    @Test
    void hasNoRoomForMoreThanItsLimit() {
        sender.send(batch("x".repeat(60)));

        assertThat(sender.send(batch("y".repeat(60)))).isEqualTo(Admission.FULL);
    }

    @Test
    void hasRoomForALargerBatchWhenNothingElseIsInFlight() {
        assertThat(sender.send(batch("x".repeat(600)))).isEqualTo(Admission.TAKEN);
    }

    @Test
    void tellsWhenThereIsRoomAgain() {
        sender.send(batch("x".repeat(60)));
        sender.send(batch("y".repeat(60)));
        await().until(() -> kafka.history().size() == 1);

        kafka.completeNext();

        assertThat(listener.rooms).hasValue(1);
    }

    @Test
    void doesNotTellOfRoomThatNobodyMissed() {
        sender.send(batch("x"));
        await().until(() -> kafka.history().size() == 1);

        kafka.completeNext();

        assertThat(listener.rooms).hasValue(0);
    }

    @Test
    void refusesARecordThatNamesNoPartition() {
        List<ProducerRecord<byte[], byte[]>> records = List.of(new ProducerRecord<>("topic", new byte[0]));

        assertThatIllegalArgumentException().isThrownBy(() -> new Batch(records, () -> {}));
    }

    private Batch batch(String... values) {
        List<ProducerRecord<byte[], byte[]>> records = Stream.of(values)
                .map(value -> new ProducerRecord<byte[], byte[]>("topic", 0, null, value.getBytes(UTF_8)))
                .toList();
        return new Batch(records, () -> acknowledged.add(String.join("", values)));
    }
}
