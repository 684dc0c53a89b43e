package io.tributary.kafka.publish;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** The properties of an ordered producer's client. */
final class ProducerProperties {

    private ProducerProperties() {}

    static Map<String, Object> of(ProducerSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        // Preferences, which the user's properties may replace. A little lingering: all lanes' turns of some commits
        // then share a request. Snappy: batches are small, and others take more time to begin one than to fill it.
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 3);
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "snappy");
        properties.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        properties.putAll(settings.client());
        // Promises of this package, which they may not.
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A record that is given up is left out, and the next ones are sent: so none is ever given up for time ...
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        // ... and none is under way behind one that the brokers may refuse. They would take it: from a producer that
        // is new to a partition they accept any first number.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.patience().toMillis());
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, settings.maxRecordBytes());
        // Twice, for a batch holds its whole buffer however few records are in it.
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 2L * settings.maxBytesInFlight());
        return properties;
    }
}
