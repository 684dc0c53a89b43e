package io.tributary.kafka.intake;

import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the brokers answer. A consumer does not say when they are away, but as long as it reads, or is in a group,
 * bytes come in at least every few hundred milliseconds once it has its share.
 */
final class BrokerContact {

    private static final Logger log = LoggerFactory.getLogger(BrokerContact.class);

    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final String topic;
    private final long silenceNanos;
    private final DoubleSupplier bytesReceived;
    private final LongSupplier nanoTime;
    private double seenBytes;
    private long heardAt;
    private volatile boolean present = true;

    BrokerContact(String topic, Duration silence, DoubleSupplier bytesReceived, LongSupplier nanoTime) {
        this.topic = topic;
        this.silenceNanos = silence.toNanos();
        this.bytesReceived = bytesReceived;
        this.nanoTime = nanoTime;
        this.heardAt = nanoTime.getAsLong();
    }

    static BrokerContact of(Consumer<?, ?> consumer, IntakeSettings settings) {
        return new BrokerContact(settings.topic(), silence(settings), bytesReceived(consumer), System::nanoTime);
    }

    /** Who joins a group without partitions hears nothing until the session of a member that has died is over. */
    private static Duration silence(IntakeSettings settings) {
        return settings.ownership() instanceof Ownership.Shared shared
                ? SILENCE.plus(shared.sessionTimeout())
                : SILENCE;
    }

    private static DoubleSupplier bytesReceived(Consumer<?, ?> consumer) {
        for (Metric metric : consumer.metrics().values()) {
            MetricName name = metric.metricName();
            if (name.name().equals("incoming-byte-total") && name.group().equals("consumer-metrics")) {
                return () -> (double) metric.metricValue();
            }
        }
        throw new IllegalStateException("This Kafka client does not count the bytes that it receives");
    }

    /**
     * To be called after each poll, on the poll thread.
     *
     * @param expecting whether brokers that are there would have sent something
     */
    void observe(boolean expecting) {
        long now = nanoTime.getAsLong();
        double bytes = bytesReceived.getAsDouble();
        boolean heard = bytes != seenBytes;
        seenBytes = bytes;
        if (heard && !present) {
            present = true;
            log.info("Kafka answers again: reading of {} goes on", topic);
        }
        if (heard || !expecting) {
            heardAt = now;
        } else if (present && now - heardAt > silenceNanos) {
            present = false;
            log.warn("Kafka does not answer: reading of {} waits", topic);
        }
    }

    boolean present() {
        return present;
    }
}
