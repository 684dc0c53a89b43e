package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.TestKafka;
import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions that the members of a group share. */
class SharedIntakeIT {

    private final TestKafka kafka = TestKafka.shared();
    private final String topic = kafka.topic(4);
    private final CollectingListener first = new CollectingListener();
    private final CollectingListener second = new CollectingListener();
    private final PartitionIntake intake = start(first);

    @BeforeEach
    void waitForAllPartitions() {
        await().untilAsserted(() -> assertThat(first.assigned).containsExactlyInAnyOrder(0, 1, 2, 3));
    }

    @AfterEach
    void close() {
        intake.close();
    }

    @Test
    void readsOnlyAfterItIsToldWhereToBegin() {
        kafka.produce(topic, 0, "a", "b");
        kafka.produce(topic, 1, "c");

        intake.resumeFrom(0, 1);

        await().untilAsserted(() -> assertThat(first.texts(0)).containsExactly("b"));
        assertThat(first.texts(1)).isEmpty();
    }

    @Test
    void givesASecondMemberItsShare() {
        try (PartitionIntake other = start(second)) {
            await().untilAsserted(() -> {
                assertThat(second.assigned).hasSize(2);
                assertThat(first.assigned).hasSize(2).doesNotContainAnyElementsOf(second.assigned);
            });
            assertThat(other.paused()).isEqualTo(other.assigned());
        }
    }

    @Test
    void keepsReadingWhatItKeeps() {
        intake.resumeFrom(0, 0);
        intake.resumeFrom(1, 0);
        intake.resumeFrom(2, 0);
        intake.resumeFrom(3, 0);
        try (PartitionIntake other = start(second)) {
            await().until(() -> second.assigned.size() == 2);
            int kept = first.assigned.iterator().next();
            kafka.produce(topic, kept, "a");

            await().untilAsserted(() -> assertThat(first.texts(kept)).containsExactly("a"));
            assertThat(other.assigned()).doesNotContain(kept);
        }
    }

    @Test
    void takesOverFromAMemberThatCloses() {
        PartitionIntake other = start(second);
        await().until(() -> second.assigned.size() == 2);

        other.close();

        await().untilAsserted(() -> assertThat(first.assigned).hasSize(4));
    }

    @Test
    void givesNothingAwayBeforeItsListenerHasFinished() {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        first.settled = settled;
        try (PartitionIntake other = start(second)) {
            await().until(() -> first.assigned.size() == 2);
            assertThat(other.assigned()).isEmpty();

            settled.complete(null);

            await().untilAsserted(() -> assertThat(other.assigned()).hasSize(2));
        }
    }

    @Test
    void takesItsPartitionsBackUnderItsNameAtOnce() {
        String group = topic + "-named";
        CollectingListener before = new CollectingListener();
        CollectingListener after = new CollectingListener();
        try (PartitionIntake left = start(group, "a", before)) {
            await().until(() -> before.assigned.size() == 4);
            try (PartitionIntake back = start(group, "a", after)) {
                await().until(() -> after.assigned.size() == 4);
                await().untilAsserted(() -> assertThat(before.events).containsExactly("replaced"));
                assertThat(before.assigned).isEmpty();
                assertThat(left.assigned()).isEmpty();
                assertThat(back.assigned()).hasSize(4);
            }
        }
    }

    @Test
    void givesUpWhatItHasWhenItClosesAlthoughItHasAName() {
        String group = topic + "-named";
        CollectingListener closing = new CollectingListener();
        CollectingListener staying = new CollectingListener();
        PartitionIntake named = start(group, "a", closing);
        await().until(() -> closing.assigned.size() == 4);
        try (PartitionIntake other = start(group, "b", staying)) {
            await().until(() -> other.assigned().size() == 2);

            named.close();

            await().until(() -> staying.assigned.size() == 4);
        }
    }

    private PartitionIntake start(CollectingListener listener) {
        return start(topic, new Ownership.Shared(Duration.ofMillis(1_500)), listener);
    }

    /** With a session that outlasts the test. */
    private PartitionIntake start(String group, String member, CollectingListener listener) {
        return start(group, new Ownership.Shared(Duration.ofMinutes(5), member), listener);
    }

    private PartitionIntake start(String group, Ownership shared, CollectingListener listener) {
        return PartitionIntake.start(new IntakeSettings(kafka.client(), topic, group, shared), listener);
    }
}
