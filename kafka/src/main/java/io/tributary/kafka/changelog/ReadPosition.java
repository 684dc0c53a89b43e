package io.tributary.kafka.changelog;

import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How far a group is in a lane, as its offset commit says. The offset alone does not tell which record is a repetition
 * of one that was read before, hence the sequence in the metadata.
 */
final class ReadPosition {

    private static final String PREFIX = "sequence=";

    private ReadPosition() {}

    /**
     * The position behind a record.
     *
     * @param lastSequence the largest sequence that was read until then, empty when there was none
     */
    static OffsetAndMetadata behind(ConsumerRecord<?, ?> record, OptionalLong lastSequence) {
        String metadata = lastSequence.isPresent() ? PREFIX + lastSequence.getAsLong() : "";
        return new OffsetAndMetadata(record.offset() + 1, record.leaderEpoch(), metadata);
    }

    /** The largest sequence that was read until then; empty when the commit is not ours, or none was read. */
    static OptionalLong lastSequence(OffsetAndMetadata position) {
        String metadata = position.metadata();
        if (!metadata.startsWith(PREFIX)) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(metadata.substring(PREFIX.length())));
        } catch (NumberFormatException notOurs) {
            return OptionalLong.empty();
        }
    }
}
