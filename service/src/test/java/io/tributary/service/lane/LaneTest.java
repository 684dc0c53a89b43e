package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static io.tributary.service.lane.Drafts.input;
import static io.tributary.service.lane.Drafts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.service.document.DocumentState;
import io.tributary.service.lane.Lane.Ownership;
import io.tributary.service.store.Commit;
import io.tributary.service.store.LaneState;
import io.tributary.value.IntegerValue;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LaneTest {

    private static final int ANY = 100;

    private final Budget budget = new Budget(LaneSettings.DEFAULT.waitingBytes(), () -> {});
    private final Lane lane = new Lane(0, LaneSettings.DEFAULT, budget);

    @Test
    void takesWhatWasPutBackBeforeEverythingElse() {
        open(1);
        Entry first = record(0);
        Entry second = record(1);
        lane.offer(first, 1, 0);
        lane.offer(second, 1, 0);
        lane.putBack(take(1), 0);

        assertThat(take(ANY)).containsExactly(first, second);
    }

    @Test
    void refusesRecordsThatWereReadForAnEarlierOpening() {
        open(1);
        open(2);

        assertThat(lane.offer(record(0), 1, 0)).isEqualTo(Admission.NOT_HERE);
    }

    /** A record can be on its way into the queue while the lane is closed and opened again. */
    @Test
    void leavesOutRecordsThatWereQueuedForAnEarlierOpening() {
        open(1);
        lane.offer(record(0), 1, 0);
        open(2);
        Entry readAgain = record(0);
        lane.offer(readAgain, 2, 0);

        assertThat(take(ANY)).containsExactly(readAgain);
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        open(1);
        lane.close(Ownership.FOREIGN);

        assertThat(lane.offer(record(0), 1, 0)).isEqualTo(Admission.NOT_HERE);
        assertThat(lane.offer(new Asker().call(submission(increment("a"))), 0)).isEqualTo(Admission.NOT_HERE);
    }

    @Test
    void keepsRecordsInOrderWhenOnlyItsCallersAreAnswered() {
        open(1);
        Entry first = record(0);
        Entry second = record(1);
        Entry.Call call = new Asker().call(submission(increment("a")));
        lane.offer(first, 1, 0);
        lane.offer(second, 1, 0);
        lane.offer(call, 0);
        lane.putBack(take(2), 0);

        assertThat(lane.drain(false)).containsExactly(call);
        assertThat(take(ANY)).containsExactly(first, second);
    }

    @Test
    void countsWhatWaitsUntilItIsTakenOrDrained() {
        open(1);
        Entry first = record(0);
        lane.offer(first, 1, 0);
        lane.offer(record(1), 1, 0);
        lane.putBack(take(1), 0);
        assertThat(budget.taken()).isEqualTo(2 * first.bytes());

        take(1);
        lane.drain(true);

        assertThat(budget.taken()).isZero();
    }

    @Test
    void remembersADocumentAsItWasCommitted() {
        DocumentState committed =
                state(3, MapValue.of(Map.of("name", new StringValue("Łódź"), "n", new IntegerValue(7))));
        lane.cache(Commit.Row.of(0, 2, false, committed));

        assertThat(lane.cached(committed.name())).isEqualTo(committed);
    }

    @Test
    void remembersThatADocumentWasDeleted() {
        DocumentState committed = state(3, null);
        lane.cache(Commit.Row.of(0, 2, false, committed));

        assertThat(lane.cached(committed.name())).isEqualTo(committed);
    }

    @Test
    void remembersNothingFromBeforeItWasOpened() {
        DocumentState committed = state(3, MapValue.EMPTY);
        lane.cache(Commit.Row.of(0, 2, false, committed));
        open(1);

        assertThat(lane.cached(committed.name())).isNull();
    }

    private static DocumentState state(long version, @Nullable MapValue data) {
        Instant time = Instant.EPOCH.plusSeconds(version);
        return new DocumentState(
                document("a"), version, data, new DocumentState.Lifetime(time, Instant.EPOCH, time, "ada", null));
    }

    private void open(long epoch) {
        lane.open(new LaneState(0, epoch, 0, 0, 0, Instant.EPOCH, 0));
    }

    private static Entry record(long offset) {
        return input(submission(increment("a")), 0, offset);
    }

    private List<Entry> take(int most) {
        return lane.take(most, since -> {});
    }
}
