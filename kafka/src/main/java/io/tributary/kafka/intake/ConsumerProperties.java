package io.tributary.kafka.intake;

import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;

/** The properties of an intake's consumer. */
final class ConsumerProperties {

    /**
     * A member hears of a rebalance with its next heartbeat, and a partition that moves from one to another needs two of
     * them: so long its lane stands still.
     */
    private static final int HEARTBEAT_MILLIS = 500;

    private ConsumerProperties() {}

    static Map<String, Object> of(IntakeSettings settings) {
        Map<String, Object> properties = new HashMap<>();
        // Preferences, which the user's properties may replace.
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
        // All sizes of Kafka's are those of compressed batches. Only this bounds what comes out of them.
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 500);
        properties.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        // A partition that is read again waits until the broker has answered for the others.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 50);
        properties.putAll(settings.client());
        // Promises of this package, which they may not.
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, settings.group());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        if (settings.ownership() instanceof Ownership.Shared shared) {
            int session = Math.toIntExact(shared.sessionTimeout().toMillis());
            properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
            properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, Math.min(session / 3, HEARTBEAT_MILLIS));
            if (shared.member() != null) {
                properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, shared.member());
            }
        }
        return properties;
    }
}
