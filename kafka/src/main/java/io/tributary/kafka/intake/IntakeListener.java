package io.tributary.kafka.intake;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Takes what a {@link PartitionIntake} reads. All methods are called on the intake's poll thread, one at a time, and
 * must not block: every partition waits for them. An exception out of any of them ends the intake.
 */
public interface IntakeListener {

    /**
     * Partitions came here. Nothing of them is read until {@link PartitionIntake#resumeFrom} says, for each alone and
     * from any thread, where to begin.
     */
    void assigned(Set<Integer> partitions);

    /**
     * Partitions are about to be given to another instance, or the intake is closing. No more of their records are
     * offered.
     *
     * @return completes when the other may begin; the intake waits for it, but not longer than
     *     {@link IntakeSettings#revocationTimeout()}
     */
    CompletionStage<?> revoked(Set<Integer> partitions);

    /** Partitions were given to another instance while this one did not answer. It may have begun already. */
    void lost(Set<Integer> partitions);

    /**
     * Offers records of one partition, in order, without gap or repetition since the offset that was resumed from,
     * except for what {@link #missed} tells.
     *
     * @param records the oldest ones that were not accepted yet, at least one; valid until this method returns
     * @return how many were accepted, counted from the first. When not all, the partition is paused and the others are
     *     offered again after {@link PartitionIntake#wake}
     */
    int records(int partition, List<ConsumerRecord<byte[], byte[]>> records);

    /**
     * Records were deleted by the topic's retention before they were read: those from {@code wanted} to just before
     * {@code found}. They are lost. Reading goes on at {@code found}.
     */
    void missed(int partition, long wanted, long found);

    /**
     * The log ends before the offset that was to be read: the brokers have lost its tail, or the topic is another one.
     * The partition waits for {@link PartitionIntake#resumeFrom} as after its assignment.
     *
     * @param wanted the offset that was to be read next
     * @param end the first offset at which the log is no longer what was read
     */
    void truncated(int partition, long wanted, long end);

    /**
     * Another has joined the group under the name of this member. The intake has ended by itself and for good; its
     * partitions were {@linkplain #lost lost} before. Unless said otherwise this is a {@linkplain #failed failure}.
     */
    default void replaced() {
        failed(new IllegalStateException("another member has joined the group under the name of this one"));
    }

    /** The intake has ended by itself and for good, because of a bug. Its partitions are revoked next. */
    void failed(Throwable cause);
}
