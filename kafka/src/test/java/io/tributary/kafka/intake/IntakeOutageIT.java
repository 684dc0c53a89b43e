package io.tributary.kafka.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.OwnKafka;
import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The brokers go away and come back. */
class IntakeOutageIT {

    @TempDir
    private Path directory;

    private final CollectingListener listener = new CollectingListener();
    private OwnKafka kafka;
    private String topic;
    private PartitionIntake intake;

    @BeforeEach
    void start() {
        kafka = OwnKafka.start(directory);
        topic = kafka.topic(1);
        Ownership all = new Ownership.Everything(1);
        intake = PartitionIntake.start(new IntakeSettings(kafka.client(), topic, topic, all), listener);
        intake.resumeFrom(0, 0);
    }

    @AfterEach
    void close() {
        intake.close();
        kafka.close();
    }

    @Test
    void goesOnWhereItWasWhenTheBrokerIsBack() {
        kafka.produce(topic, 0, "before");
        await().untilAsserted(() -> assertThat(listener.texts(0)).containsExactly("before"));

        kafka.stop();
        kafka.startAgain();
        kafka.produce(topic, 0, "after");

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(listener.texts(0)).containsExactly("before", "after"));
    }

    @Test
    void noticesThatTheBrokerIsAwayAndBack() {
        await().untilAsserted(() -> assertThat(intake.connected()).isTrue());

        kafka.stop();

        await().atMost(Duration.ofSeconds(30)).until(() -> !intake.connected());
        kafka.startAgain();
        await().atMost(Duration.ofSeconds(30)).until(intake::connected);
    }

    @Test
    void closesWhileTheBrokerIsAway() {
        kafka.stop();

        intake.close();

        assertThat(intake.assigned()).isEmpty();
    }
}
