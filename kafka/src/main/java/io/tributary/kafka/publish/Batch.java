package io.tributary.kafka.publish;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records that are acknowledged together. */
final class Batch {

    /** What Kafka's format adds to a record or a header, at most. */
    private static final int OVERHEAD = 32;

    private final List<ProducerRecord<byte[], byte[]>> records;
    private final Runnable acknowledged;
    private final AtomicInteger missing;
    private final long bytes;

    Batch(List<ProducerRecord<byte[], byte[]>> records, Runnable acknowledged) {
        if (records.isEmpty() || records.stream().anyMatch(record -> record.partition() == null)) {
            throw new IllegalArgumentException("A batch has records, and each names its partition");
        }
        this.records = List.copyOf(records);
        this.acknowledged = acknowledged;
        this.missing = new AtomicInteger(records.size());
        this.bytes = records.stream().mapToLong(Batch::bytes).sum();
    }

    List<ProducerRecord<byte[], byte[]>> records() {
        return records;
    }

    long bytes() {
        return bytes;
    }

    /** Counts one record as arrived; true when it was the last. */
    boolean arrived() {
        return missing.decrementAndGet() == 0;
    }

    void acknowledge() {
        acknowledged.run();
    }

    private static long bytes(ProducerRecord<byte[], byte[]> record) {
        long bytes = OVERHEAD + length(record.key()) + length(record.value());
        for (Header header : record.headers()) {
            bytes += OVERHEAD + header.key().length() + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
