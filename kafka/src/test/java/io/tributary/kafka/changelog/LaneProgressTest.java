package io.tributary.kafka.changelog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;

class LaneProgressTest {

    private final List<String> positions = new ArrayList<>();
    private final LaneProgress lane = new LaneProgress(OptionalLong.of(9), this::note);

    @Test
    void hasSeenTheLastSequenceAndThoseBefore() {
        assertThat(lane.hasSeen(9)).isTrue();
        assertThat(lane.hasSeen(10)).isFalse();
    }

    @Test
    void missesWhatIsNotTheNextSequence() {
        assertThat(lane.gapBefore(0, 10)).isEmpty();
        assertThat(lane.gapBefore(0, 11)).isPresent();
    }

    @Test
    void missesNothingBeforeItsFirstRecord() {
        LaneProgress fresh = new LaneProgress(OptionalLong.empty(), this::note);

        assertThat(fresh.gapBefore(0, 1_000)).isEmpty();
    }

    @Test
    void isBehindARecordThatIsAcknowledged() {
        lane.take(at(100), 10).acknowledge();

        assertThat(positions).containsExactly("101 sequence=10");
    }

    @Test
    void staysBeforeTheOldestRecordThatIsNotAcknowledged() {
        lane.take(at(100), 10);
        lane.take(at(101), 11).acknowledge();

        assertThat(positions).isEmpty();
    }

    @Test
    void catchesUpWhenTheOldestRecordIsAcknowledgedLast() {
        LaneProgress.Taken oldest = lane.take(at(100), 10);
        lane.take(at(101), 11).acknowledge();

        oldest.acknowledge();

        assertThat(positions).containsExactly("102 sequence=11");
    }

    @Test
    void remembersTheLargestSequenceBehindARepetition() {
        lane.pass(at(100));

        assertThat(positions).containsExactly("101 sequence=9");
    }

    @Test
    void aSecondAcknowledgementDoesNothing() {
        LaneProgress.Taken taken = lane.take(at(100), 10);
        taken.acknowledge();
        taken.acknowledge();

        assertThat(positions).hasSize(1);
    }

    @Test
    void isFinishedWhenAllIsAcknowledged() {
        LaneProgress.Taken taken = lane.take(at(100), 10);
        assertThat(lane.finished().toCompletableFuture()).isNotDone();

        taken.acknowledge();

        assertThat(lane.finished().toCompletableFuture()).isDone();
    }

    @Test
    void anAcknowledgementAfterItWasAbandonedDoesNothing() {
        LaneProgress.Taken taken = lane.take(at(100), 10);
        lane.abandon();

        taken.acknowledge();

        assertThat(positions).isEmpty();
    }

    private void note(OffsetAndMetadata position) {
        positions.add(position.offset() + " " + position.metadata());
    }

    private static ConsumerRecord<byte[], byte[]> at(long offset) {
        return new ConsumerRecord<>("topic", 0, offset, null, null);
    }
}
