package io.tributary.service.lane;

import static io.tributary.service.lane.Drafts.document;
import static io.tributary.service.lane.Drafts.increment;
import static io.tributary.service.lane.Drafts.refused;
import static io.tributary.service.lane.Drafts.source;
import static io.tributary.service.lane.Drafts.submission;
import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.change.Change;
import io.tributary.change.ProblemType;
import io.tributary.json.ChangeJson;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.Publication;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.changelog.Timeline;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.LaneState;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents whose names begin with {@code a}, {@code b} and {@code c} are in lanes 0, 1 and 2; the records are in lane 0. */
class RecordBatchesTest {

    private static final int LANES = 3;
    private static final Duration LONGER_THAN_ANY_PAUSE = Duration.ofSeconds(3);

    private final Timeline timeline = new Timeline();
    private final InMemoryStore store = new InMemoryStore(LANES);
    private final FakeChangelog.Broker broker = new FakeChangelog.Broker();
    private final Instance instance = new Instance(
            "one",
            LaneSettings.DEFAULT.withLanes(LANES),
            PublisherSettings.DEFAULT,
            store,
            new FakeChangelog(broker, timeline::thread),
            Instance.NOBODY,
            timeline,
            timeline::thread);
    private int offset;

    @BeforeEach
    void ownsAllLanesButTheLast() {
        instance.lanes().assign(List.of(0, 1));
        run();
    }

    @Test
    void keepTheirPlaceAmongTheRecords() {
        offer(increment("a"));
        offer(batch(increment("a"), increment("b")));
        offer(increment("a"));
        offer(batch(increment("b"), increment("a")));
        run();

        assertThat(changes(0).map(change -> change.origin().batch()))
                .containsExactly(
                        null,
                        new Change.Batch(null, 0, 2, Map.of(0, 2L, 1, 1L)),
                        null,
                        new Change.Batch(null, 1, 2, Map.of(0, 4L, 1, 2L)));
        assertThat(nextOffset()).isEqualTo(4);
    }

    @Test
    void leaveNothingButARejectionWhenTheyAreRefused() {
        offer(batch(increment("a"), refused("b")));
        offer(increment("a"));
        run();

        assertThat(broker.rejections()).singleElement().satisfies(rejection -> {
            assertThat(rejection.source()).isEqualTo(source(0, 0));
            assertThat(rejection.problem().index()).isEqualTo(1);
        });
        assertThat(changes(0)).hasSize(1);
        assertThat(nextOffset()).isEqualTo(2);
    }

    @Test
    void setAsideTheOneThatTheStoreRefuses() {
        store.refuse(document("bad"));
        offer(batch(increment("a"), increment("b")));
        offer(batch(increment("a"), increment("bad")));
        offer(batch(increment("a")));
        Asker neighbour = new Asker();
        instance.lanes().offer(call(batch(increment("b")), neighbour));
        run();

        assertThat(broker.rejections())
                .extracting(Publication.Rejection::source)
                .containsExactly(source(0, 1));
        assertThat(broker.rejections().getFirst().problem().type()).isEqualTo(ProblemType.BAD_VALUE);
        assertThat(changes(0)).hasSize(2);
        assertThat(neighbour.heard()).hasSize(1).doesNotContain("bad-value");
        assertThat(nextOffset()).isEqualTo(3);
    }

    @Test
    void keepTheirPlaceWhoeverOwnsTheirOtherLanes() {
        offer(batch(increment("a"), increment("c")));
        offer(increment("a"));
        run();

        assertThat(changes(0).map(change -> change.origin().batch() != null)).containsExactly(true, false);
        assertThat(store.document(document("c")).block().version()).isEqualTo(1);
        assertThat(nextOffset()).isEqualTo(2);
    }

    @Test
    void areLeftOutWhenTheirLaneIsPastThem() {
        offer(batch(increment("a")));
        run();
        offset = 0;
        offer(batch(increment("a")));
        run();

        assertThat(changes(0)).hasSize(1);
        assertThat(instance.lanes().waiting(0)).isZero();
    }

    private void offer(Write write) {
        offer(Drafts.input(submission(write), 0, offset++));
    }

    private void offer(Batch batch) {
        offer(Drafts.input(batch, "actor", RecordBatchesTest::lane, 0, offset++));
    }

    private void offer(Entry entry) {
        assertThat(instance.lanes().offer(0, state().epoch(), entry)).isEqualTo(Admission.QUEUED);
    }

    private static BatchCall call(Batch batch, Asker asker) {
        return BatchCall.of(batch, 100, RecordBatchesTest::lane, null, null, asker.caller());
    }

    private static int lane(DocumentName document) {
        return document.id().charAt(0) - 'a';
    }

    private static Batch batch(Write... writes) {
        return Batch.of("default", Arrays.asList(writes));
    }

    private Stream<Change> changes(int lane) {
        return broker.changes(lane).stream()
                .map(arrived -> ChangeJson.read(arrived.change().json()));
    }

    private long nextOffset() {
        return state().nextOffset();
    }

    private LaneState state() {
        return Objects.requireNonNull(store.session("check").lanes(Set.of(0)).block())
                .get(0);
    }

    private void run() {
        timeline.runFor(LONGER_THAN_ANY_PAUSE);
    }
}
