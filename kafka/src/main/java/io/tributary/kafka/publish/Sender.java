package io.tributary.kafka.publish;

import io.tributary.kafka.publish.OrderedProducer.Admission;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One Kafka producer, from its start to its first error. {@link Producer#send} blocks while the brokers are away or
 * its buffer is full, hence the thread.
 */
final class Sender {

    private final Producer<byte[], byte[]> producer;
    private final ProducerListener listener;
    private final Room room;
    private final ExecutorService thread;

    /**
     * Written under the monitor, which is also held while an acknowledgement runs: so none runs after it was set. The
     * producer is closed without the monitor, since its thread may be about to acknowledge.
     */
    private volatile boolean stopped;

    Sender(Producer<byte[], byte[]> producer, ProducerListener listener, long maxBytesInFlight) {
        this.producer = producer;
        this.listener = listener;
        this.room = new Room(maxBytesInFlight);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread made = new Thread(task, "tributary-publish");
            made.setDaemon(true);
            return made;
        });
    }

    Admission send(Batch batch) {
        if (stopped) {
            return Admission.STOPPED;
        }
        if (!room.take(batch.bytes())) {
            return Admission.FULL;
        }
        try {
            thread.execute(() -> transmit(batch));
        } catch (RejectedExecutionException stoppedMeanwhile) {
            return Admission.STOPPED;
        }
        return Admission.TAKEN;
    }

    private void transmit(Batch batch) {
        for (ProducerRecord<byte[], byte[]> record : batch.records()) {
            if (stopped) {
                return;
            }
            try {
                var unused = producer.send(record, (metadata, error) -> settled(batch, record, error));
            } catch (RuntimeException e) {
                fail(record, e);
            }
        }
    }

    private void settled(Batch batch, ProducerRecord<byte[], byte[]> record, @Nullable Exception error) {
        if (error != null) {
            fail(record, error);
        } else if (batch.arrived() && acknowledged(batch) && room.give(batch.bytes())) {
            listener.room();
        }
    }

    private synchronized boolean acknowledged(Batch batch) {
        if (stopped) {
            return false;
        }
        batch.acknowledge();
        return true;
    }

    private void fail(ProducerRecord<byte[], byte[]> record, Exception cause) {
        if (stop()) {
            listener.failed(record.partition(), cause);
        }
    }

    /** Sends nothing more; true for the first call. */
    boolean stop() {
        synchronized (this) {
            if (stopped) {
                return false;
            }
            stopped = true;
        }
        // In a callback this is before the client's thread can send what was behind the record that failed.
        producer.close(Duration.ZERO);
        thread.shutdownNow();
        return true;
    }

    void drain(Duration limit) {
        try {
            room.awaitEmpty(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
