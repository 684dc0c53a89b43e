package io.tributary.service.watch.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.Change.Kind;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.name.DocumentName;
import io.tributary.value.MapValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AlignmentTest {

    private static final long SEED = 20;

    private final List<String> given = new ArrayList<>();

    @Test
    void givesOutABatchOnceItIsWhole() {
        Alignment alignment = alignment(3);
        alignment.add(record(0, 1, null));
        alignment.add(record(0, 2, Map.of(0, 2L, 2, 1L)));
        alignment.add(record(0, 3, null));
        assertThat(given).containsExactly("0/1");

        alignment.add(record(1, 1, null));
        alignment.add(record(2, 1, Map.of(0, 2L, 2, 1L)));
        assertThat(given).containsExactly("0/1", "1/1", "0/2+2/1", "0/3");
    }

    @Test
    void waitsForABatchOfOneLane() {
        Alignment alignment = alignment(1);
        alignment.add(record(0, 1, Map.of(0, 2L)));
        assertThat(given).isEmpty();

        alignment.add(record(0, 2, Map.of(0, 2L)));
        assertThat(given).containsExactly("0/1+0/2");
    }

    @Test
    void doesNotWaitForWhatCameBeforeItBegan() {
        Alignment alignment = alignment(2);
        alignment.add(record(1, 9, null));
        alignment.add(record(0, 5, Map.of(0, 5L, 1, 8L)));

        assertThat(given).containsExactly("1/9", "0/5");
    }

    @Test
    void doesNotWaitForLanesThatAreNotRead() {
        Alignment alignment = alignment(1);
        alignment.add(record(0, 1, Map.of(0, 1L, 1, 1L)));

        assertThat(given).containsExactly("0/1");
    }

    @Test
    void doesNotWaitForWhatNobodyNeeds() {
        Alignment alignment = alignment(2);
        alignment.add(record(0, 1, Map.of(0, 1L, 1, 1L)));
        assertThat(alignment.isPassed(record(1, 1, Map.of(0, 1L, 1, 1L)))).isTrue();

        assertThat(given).containsExactly("0/1");
    }

    @Test
    void givesUpAfterSomeTime() {
        Alignment alignment = alignment(2);
        alignment.add(record(0, 1, Map.of(0, 1L, 1, 1L)));
        IntStream.range(0, 20).forEach(second -> alignment.tick());
        alignment.add(record(1, 1, Map.of(0, 1L, 1, 1L)));

        assertThat(given).containsExactly("0/1", "1/1");
    }

    @Test
    void keepsBatchesWholeAndLanesInOrderHoweverLanesAreRead() {
        Random random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            given.clear();
            List<List<LaneRecord>> lanes = history(random, 4, 40);
            List<String> wholes = wholes(lanes);
            Alignment alignment = alignment(4);
            int[] read = new int[4];
            for (int left = lanes.stream().mapToInt(List::size).sum(); left > 0; left--) {
                int lane = random.nextInt(4);
                while (read[lane] == lanes.get(lane).size()) {
                    lane = (lane + 1) % 4;
                }
                alignment.add(lanes.get(lane).get(read[lane]++));
            }

            assertThat(given).containsExactlyInAnyOrderElementsOf(wholes);
            for (int lane = 0; lane < 4; lane++) {
                String prefix = lane + "/";
                assertThat(given.stream()
                                .flatMap(unit -> List.of(unit.split("\\+")).stream())
                                .filter(record -> record.startsWith(prefix)))
                        .containsExactlyElementsOf(lanes.get(lane).stream()
                                .map(AlignmentTest::name)
                                .toList());
            }
        }
    }

    /** Commits of one change, or batches over some lanes, in one order. */
    private static List<List<LaneRecord>> history(Random random, int lanes, int commits) {
        List<List<LaneRecord>> history = new ArrayList<>();
        IntStream.range(0, lanes).forEach(lane -> history.add(new ArrayList<>()));
        for (int commit = 0; commit < commits; commit++) {
            int size = random.nextInt(4);
            int[] changes = random.ints(size + 1L, 0, lanes).toArray();
            Map<Integer, Long> ends = new TreeMap<>();
            for (int lane : changes) {
                ends.merge(lane, history.get(lane).size() + 1L, (before, first) -> before + 1);
            }
            for (int lane : changes) {
                List<LaneRecord> records = history.get(lane);
                records.add(record(lane, records.size() + 1, size == 0 ? null : ends));
            }
        }
        return history;
    }

    private static List<String> wholes(List<List<LaneRecord>> lanes) {
        Map<String, List<String>> wholes = new TreeMap<>();
        lanes.forEach(lane -> lane.forEach(record -> {
            Change.Batch batch = record.change().orElseThrow().origin().batch();
            wholes.computeIfAbsent(batch == null ? name(record) : batch.lanes().toString(), key -> new ArrayList<>())
                    .add(name(record));
        }));
        return wholes.values().stream()
                .map(records -> String.join("+", records))
                .toList();
    }

    private Alignment alignment(int lanes) {
        Map<Integer, LanePosition> from = new TreeMap<>();
        IntStream.range(0, lanes).forEach(lane -> from.put(lane, new LanePosition(0, 0)));
        return new Alignment(
                from,
                unit -> given.add(String.join(
                        "+", unit.records().stream().map(AlignmentTest::name).toList())));
    }

    private static String name(LaneRecord record) {
        return record.lane() + "/" + record.sequence();
    }

    private static LaneRecord record(int lane, long sequence, @Nullable Map<Integer, Long> batch) {
        var origin = new Change.Origin(null, batch == null ? null : new Change.Batch(null, 0, 2, batch), null, true);
        return LaneRecord.of(
                lane,
                sequence - 1,
                new Change(
                        DocumentName.of("a/" + lane),
                        sequence,
                        Kind.UPDATE,
                        Instant.EPOCH.plusSeconds(sequence),
                        sequence,
                        MapValue.EMPTY,
                        null,
                        List.of(),
                        List.of(),
                        null,
                        origin));
    }
}
