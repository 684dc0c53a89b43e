package io.tributary.kafka.changelog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.kafka.TestKafka;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangelogReaderIT {

    private static final int LANES = 2;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestKafka kafka = TestKafka.shared();
    private final TestChangelog changelog = new TestChangelog(kafka, LANES);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<ChangelogReader> readers = new CopyOnWriteArrayList<>();
    private volatile boolean refusing;

    @AfterEach
    void stop() {
        readers.forEach(ChangelogReader::stop);
    }

    @Test
    void readsLanesFromTheirPositionsOn() {
        changelog.publish(0, 1, 2, 3);
        changelog.publish(1, 1);
        read(Map.of(0, new LanePosition(1, 1)));
        changelog.publish(0, 4);

        isTold("0/2", "0/3", "0/4");
    }

    @Test
    void leavesOutRepetitionsAlsoOfWhatWasReadBefore() {
        changelog.publish(0, 1, 2, 1, 2, 3, 3, 4);
        read(Map.of(0, new LanePosition(1, 1)));

        isTold("0/2", "0/3", "0/4");
    }

    @Test
    void countsTombstonesAndWhatIsNoChange() {
        changelog.publish(0, 1, null);
        changelog.publish(0, 2, "nonsense".getBytes(UTF_8));
        changelog.publish(0, 3);
        read(Map.of(0, new LanePosition(0, 0)));

        isTold("0/1 without a change", "0/2 without a change", "0/3");
    }

    @Test
    void tellsOfAGap() {
        changelog.publish(0, 1, 2, 5);
        read(Map.of(0, new LanePosition(0, 0)));

        isTold("0/1", "0/2", "gap 3 to 5", "0/5");
    }

    @Test
    void offersAgainWhatWasNotTaken() {
        refusing = true;
        changelog.publish(0, 1, 2);
        ChangelogReader reader = read(Map.of(0, new LanePosition(0, 0)));
        isTold("refused 0/1");

        refusing = false;
        reader.wake(0);
        isTold("refused 0/1", "0/1", "0/2");
    }

    private ChangelogReader read(Map<Integer, LanePosition> from) {
        ChangelogReader reader = ChangelogReader.start(kafka.client(), changelog.topic(), LANES, from, new Telling());
        readers.add(reader);
        return reader;
    }

    private void isTold(String... expected) {
        await().atMost(SOON).untilAsserted(() -> assertThat(told).containsExactlyElementsOf(Arrays.asList(expected)));
    }

    private final class Telling implements LaneListener {

        @Override
        public boolean record(LaneRecord record) {
            String what = record.lane() + "/" + record.sequence();
            if (refusing) {
                told.add("refused " + what);
                return false;
            }
            told.add(record.change().isPresent() ? what : what + " without a change");
            return true;
        }

        @Override
        public void gap(int lane, long expected, long found) {
            told.add("gap " + expected + " to " + found);
        }

        @Override
        public void missed(int lane) {
            told.add("missed " + lane);
        }

        @Override
        public void failed(Throwable cause) {
            told.add("failed " + cause);
        }
    }
}
