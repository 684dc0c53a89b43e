package io.tributary.kafka.intake;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PartitionIntake} reads, and as whom.
 *
 * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL. Those that the intake's promises
 *     hang on are overridden
 * @param group the consumer group that shares the partitions, or that only shows how far this instance is
 * @param ownership how the partitions come here
 * @param revocationTimeout how long partitions that are given away wait for what is under way
 */
public record IntakeSettings(
        Map<String, Object> client, String topic, String group, Ownership ownership, Duration revocationTimeout) {

    /** How long a rebalance waits at most: shorter than the shortest usual session. */
    public static final Duration LONGEST_REVOCATION = Duration.ofSeconds(9);

    /** Copies the properties; refuses a revocation that would cost the membership. */
    public IntakeSettings {
        client = Map.copyOf(client);
        if (revocationTimeout.isNegative() || revocationTimeout.compareTo(LONGEST_REVOCATION) > 0) {
            throw new IllegalArgumentException("revocationTimeout must be 0 to 9 s: " + revocationTimeout);
        }
    }

    /** Settings with the longest revocation. */
    public IntakeSettings(Map<String, Object> client, String topic, String group, Ownership ownership) {
        this(client, topic, group, ownership, LONGEST_REVOCATION);
    }

    /** How partitions come to an instance. */
    public sealed interface Ownership {

        /**
         * All partitions are this instance's, at once and without asking the brokers: for an installation of one.
         *
         * @param partitions how many the topic has
         */
        record Everything(int partitions) implements Ownership {}

        /**
         * The members of the group share the partitions.
         *
         * @param sessionTimeout after how long a silent member's partitions go to the others; brokers refuse less
         *     than their {@code group.min.session.timeout.ms}, 6 s unless configured
         * @param member a name under which no other member joins and this one always does: when it comes again within the
         *     session its partitions are still its own (Kafka's static membership, KIP-345). Letters, digits, dots, hyphens,
         *     underscores; null for a new member
         */
        record Shared(Duration sessionTimeout, @Nullable String member) implements Ownership {

            /** A new member at each start. */
            public Shared(Duration sessionTimeout) {
                this(sessionTimeout, null);
            }
        }
    }
}
