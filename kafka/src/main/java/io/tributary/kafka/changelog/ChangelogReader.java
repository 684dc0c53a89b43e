package io.tributary.kafka.changelog;

import io.tributary.kafka.intake.IntakeListener;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.IntakeSettings.Ownership;
import io.tributary.kafka.intake.PartitionIntake;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads lanes of the changelog from given positions on, for itself alone: as a member of no group, leaving no trace at the
 * brokers. Repetitions are dropped by their sequence. Brokers that are away are waited for.
 *
 * <p>Has one thread, which calls the listener; all methods may be called from any thread and return at once.
 */
public final class ChangelogReader {

    /** The consumer wants a name; nothing is ever kept under it. */
    private static final String NAME = "tributary-changelog-reader";

    private final PartitionIntake intake;

    private ChangelogReader(PartitionIntake intake) {
        this.intake = intake;
    }

    /**
     * Starts reading. Does not wait for the brokers.
     *
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     * @param topic the changelog
     * @param lanes how many it has
     * @param from where to begin in those that are to be read
     * @throws org.apache.kafka.common.KafkaException when the client properties are wrong
     */
    public static ChangelogReader start(
            Map<String, Object> client,
            String topic,
            int lanes,
            Map<Integer, LanePosition> from,
            LaneListener listener) {
        var settings = new IntakeSettings(client, topic, NAME, new Ownership.Everything(lanes), Duration.ZERO);
        return new ChangelogReader(PartitionIntake.start(settings, intake -> new Lanes(intake, from, listener)));
    }

    /** Offers again what was not taken of a lane. Cheap when there is nothing. */
    public void wake(int lane) {
        intake.wake(lane);
    }

    /** Ends reading. Something may still be offered while this is called, and nothing much later. */
    public void stop() {
        intake.stop();
    }

    /** What is read, lane by lane. Confined to the intake's thread. */
    private static final class Lanes implements IntakeListener {

        private static final Logger log = LoggerFactory.getLogger(ChangelogReader.class);

        private final PartitionIntake intake;
        private final Map<Integer, LanePosition> from;
        private final LaneListener listener;
        private final Map<Integer, Long> newest = new HashMap<>();

        Lanes(PartitionIntake intake, Map<Integer, LanePosition> from, LaneListener listener) {
            this.intake = intake;
            this.from = Map.copyOf(from);
            this.listener = listener;
        }

        @Override
        public void assigned(Set<Integer> partitions) {
            from.forEach((lane, position) -> {
                newest.put(lane, position.sequence());
                intake.resumeFrom(lane, position.offset());
            });
        }

        @Override
        public int records(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
            int taken = 0;
            while (taken < records.size() && isTaken(partition, records.get(taken))) {
                taken++;
            }
            return taken;
        }

        private boolean isTaken(int lane, ConsumerRecord<byte[], byte[]> record) {
            OptionalLong numbered = ChangelogHeaders.sequence(record);
            long last = Objects.requireNonNull(newest.get(lane));
            if (numbered.isEmpty() || numbered.getAsLong() <= last) {
                return true;
            }
            long sequence = numbered.getAsLong();
            if (last > 0 && sequence > last + 1) {
                listener.gap(lane, last + 1, sequence);
            }
            boolean taken = listener.record(LaneRecord.of(record, sequence));
            // Also when it was not taken: the gap before it is told once.
            newest.put(lane, taken ? sequence : sequence - 1);
            return taken;
        }

        @Override
        public CompletionStage<?> revoked(Set<Integer> partitions) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void lost(Set<Integer> partitions) {
            // Nobody else can have them.
        }

        @Override
        public void missed(int partition, long wanted, long found) {
            listener.missed(partition);
        }

        @Override
        public void truncated(int partition, long wanted, long end) {
            // The service publishes again what the brokers have lost; what was read is recognised by its sequence.
            log.warn("The changelog of lane {} ends at {} instead of {}", partition, end, wanted);
            intake.resumeFrom(partition, end);
        }

        @Override
        public void failed(Throwable cause) {
            listener.failed(cause);
        }
    }
}
