package io.tributary.service.watch;

import io.tributary.change.Change;
import io.tributary.change.Change.Kind;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.kafka.changelog.LaneListener;
import io.tributary.kafka.changelog.LanePosition;
import io.tributary.kafka.changelog.LaneRecord;
import io.tributary.name.DocumentName;
import io.tributary.service.store.Store;
import io.tributary.service.watch.feed.Follower;
import io.tributary.service.watch.feed.Hub;
import io.tributary.service.watch.log.ChangelogSource;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A changelog in memory, whose records are read as soon as they are there, on the thread that adds them. Documents of
 * collections whose names begin with {@code b} are in lane 1, others in lane 0.
 */
public final class FakeLog implements ChangelogSource {

    static final int LANES = 2;

    /** Later than what a {@link io.tributary.service.query.FakeStore} makes up. */
    private static final Instant FIRST = Instant.parse("2026-11-21T08:00:00Z");

    private final List<List<LaneRecord>> lanes = List.of(new ArrayList<>(), new ArrayList<>());
    private final List<FakeReading> readings = new ArrayList<>();
    private long identity = 1;
    private long kept;
    private boolean standing;
    private int ticks;

    /** Watches of a log that is empty. */
    public static Watches watches(Store store) {
        return new FakeLog().watches(store, settings());
    }

    Watches watches(Store store, WatchSettings settings) {
        Hub hub = new Hub(LANES, FakeLog::laneOf, settings.recentBytes(), InstantSource.fixed(FIRST));
        Follower follower = new Follower(this, hub, LANES, Schedulers.parallel());
        return new Watches(hub, follower, this, store, settings, Schedulers.immediate(), Schedulers.immediate());
    }

    static WatchSettings settings() {
        return new WatchSettings(3, 100_000, 1_000_000, 1_000_000, 1, 1, 100, Duration.ofSeconds(2));
    }

    static int laneOf(DocumentName name) {
        return name.collection().startsWith("b") ? 1 : 0;
    }

    /** Publishes the next change of a document; its time is that of the store's document of the same version. */
    Change publish(String document, long version, String data) {
        return publish(change(document, version, version == 1 ? Kind.CREATE : Kind.UPDATE, data, null));
    }

    Change publishDelete(String document, long version) {
        return publish(change(document, version, Kind.DELETE, null, null));
    }

    /** Publishes changes of documents, all with data that says so, as a batch. */
    void publishBatch(String... documents) {
        Map<Integer, Long> ends = new HashMap<>();
        int[] next = {lanes.get(0).size(), lanes.get(1).size()};
        for (String document : documents) {
            int lane = laneOf(DocumentName.of(document));
            ends.put(lane, (long) ++next[lane]);
        }
        for (int i = 0; i < documents.length; i++) {
            var batch = new Change.Batch("b", i, documents.length, ends);
            publish(change(documents[i], 1, Kind.CREATE, "{\"of\":\"batch\"}", batch));
        }
    }

    private Change publish(Change change) {
        int lane = laneOf(change.document());
        lanes.get(lane).add(LaneRecord.of(lane, lanes.get(lane).size(), change));
        pump();
        return change;
    }

    private Change change(
            String document, long version, Kind kind, @Nullable String data, Change.@Nullable Batch batch) {
        DocumentName name = DocumentName.of(document);
        return new Change(
                name,
                version,
                kind,
                time(ticks++),
                lanes.get(laneOf(name)).size() + 1,
                data == null ? null : ValueJson.readDocument(data.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT),
                null,
                List.of(),
                List.of(),
                null,
                new Change.Origin(null, batch, null, true));
    }

    static Instant time(int tick) {
        return FIRST.plusSeconds(tick);
    }

    /** Retention deletes all records of a lane before an offset. */
    void keepFrom(long offset) {
        kept = offset;
    }

    /** The topic is another one from now on. */
    void becomeAnother() {
        identity++;
    }

    /** Gives nothing to readers until {@link #resume}. */
    void stand() {
        standing = true;
    }

    void resume() {
        standing = false;
        pump();
    }

    /** How many readers there are. */
    int readings() {
        return readings.size();
    }

    @Override
    public Mono<Long> identity() {
        return Mono.just(identity);
    }

    @Override
    public Mono<LanePosition> end(int lane) {
        long size = lanes.get(lane).size();
        return Mono.just(new LanePosition(size, size));
    }

    @Override
    public Reading read(Map<Integer, LanePosition> from, LaneListener listener) {
        FakeReading reading = new FakeReading(from, listener);
        readings.add(reading);
        reading.pump();
        return reading;
    }

    private void pump() {
        List.copyOf(readings).forEach(FakeReading::pump);
    }

    private final class FakeReading implements Reading {

        private final Map<Integer, Long> offsets = new HashMap<>();
        private final LaneListener listener;

        private FakeReading(Map<Integer, LanePosition> from, LaneListener listener) {
            from.forEach((lane, position) -> offsets.put(lane, position.offset()));
            this.listener = listener;
        }

        private void pump() {
            for (int lane : List.copyOf(offsets.keySet())) {
                if (offsets.get(lane) < kept) {
                    offsets.put(lane, kept);
                    listener.missed(lane);
                }
                List<LaneRecord> records = lanes.get(lane);
                while (!standing
                        && readings.contains(this)
                        && offsets.get(lane) < records.size()
                        && listener.record(records.get(offsets.get(lane).intValue()))) {
                    offsets.merge(lane, 1L, Long::sum);
                }
            }
        }

        @Override
        public void wake(int lane) {
            pump();
        }

        @Override
        public void stop() {
            readings.remove(this);
        }
    }
}
