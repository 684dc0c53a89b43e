package io.tributary.kafka.publish;

import java.time.Duration;
import java.util.Map;

/**
 * How an {@link OrderedProducer} sends.
 *
 * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL. Those that the producer's
 *     promises hang on are overridden
 * @param maxRecordBytes the size of the largest record
 * @param maxBytesInFlight how much is taken and not acknowledged at most
 * @param patience how long brokers or a topic that cannot be found are waited for
 */
public record ProducerSettings(
        Map<String, Object> client, int maxRecordBytes, int maxBytesInFlight, Duration patience) {

    /** Patience without end, about 24 days. */
    public static final Duration ENDLESS = Duration.ofMillis(Integer.MAX_VALUE);

    /** Copies the properties; refuses less room than one record needs. */
    public ProducerSettings {
        client = Map.copyOf(client);
        if (maxBytesInFlight < maxRecordBytes) {
            throw new IllegalArgumentException(
                    "maxBytesInFlight " + maxBytesInFlight + " is less than one record: " + maxRecordBytes);
        }
    }

    /** Settings for a log that must have everything, however long that takes. */
    public static ProducerSettings enduring(Map<String, Object> client, int maxRecordBytes, int maxBytesInFlight) {
        return new ProducerSettings(client, maxRecordBytes, maxBytesInFlight, ENDLESS);
    }
}
