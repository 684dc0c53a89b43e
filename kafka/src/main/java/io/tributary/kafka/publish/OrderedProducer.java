package io.tributary.kafka.publish;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends batches of records, and never lets one overtake another of the same partition.
 *
 * <p><b>Order.</b> Records of a partition reach the log in the order in which they were handed over, each once, and
 * each after all before it: an outage is waited out, however long. The first error that waiting cannot mend stops
 * everything: of each partition a prefix of what was handed over is in its log, and the listener is told. Only
 * {@link #restart} begins anew; the caller finds out before what has arrived.
 *
 * <p><b>Threads.</b> {@link #send} never blocks; a thread of this class waits for Kafka in its place. Acknowledgements
 * and the listener are called on that thread or on the Kafka client's; for batches of one partition in the order of
 * the batches. They must not block.
 *
 * <p><b>Bounds.</b> At most {@link ProducerSettings#maxBytesInFlight()} are taken and not acknowledged.
 */
public final class OrderedProducer implements AutoCloseable {

    /** What became of a batch that was handed over. */
    public enum Admission {
        /** It will be sent. */
        TAKEN,
        /** There is no room for it; {@link ProducerListener#room} tells when it may be tried again. */
        FULL,
        /** The producer has failed and was not restarted, or is closed. */
        STOPPED
    }

    private final ProducerSettings settings;
    private final ProducerListener listener;
    private volatile Sender sender;

    private OrderedProducer(ProducerSettings settings, ProducerListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.sender = sender();
    }

    /**
     * A producer that is ready to take records. Does not wait for the brokers.
     *
     * @throws org.apache.kafka.common.KafkaException when the client properties are wrong
     */
    public static OrderedProducer start(ProducerSettings settings, ProducerListener listener) {
        return new OrderedProducer(settings, listener);
    }

    /**
     * Hands a batch over. Returns at once. Calls of several threads are ordered by themselves; who wants order between
     * them has to make it.
     *
     * @param batch in the order in which they are to be sent; each names its partition
     * @param acknowledged run once, when all of them are in the log; not at all when the producer fails before
     */
    public Admission send(List<ProducerRecord<byte[], byte[]>> batch, Runnable acknowledged) {
        return sender.send(new Batch(batch, acknowledged));
    }

    /**
     * Stops, if it had not failed, and begins anew, empty: nothing of what was taken before is sent or acknowledged
     * any more. Waits a moment for the old one to be still.
     */
    public synchronized void restart() {
        sender.stop();
        sender = sender();
    }

    /** Waits until all that was taken is acknowledged, but not longer than {@code limit}, and closes. */
    public void close(Duration limit) {
        sender.drain(limit);
        sender.stop();
    }

    /** Closes without sending what has not been sent. */
    @Override
    public synchronized void close() {
        sender.stop();
    }

    private Sender sender() {
        ByteArraySerializer bytes = new ByteArraySerializer();
        return new Sender(
                new KafkaProducer<>(ProducerProperties.of(settings), bytes, bytes),
                listener,
                settings.maxBytesInFlight());
    }
}
