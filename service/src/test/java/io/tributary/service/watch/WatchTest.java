package io.tributary.service.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tributary.change.ProblemException;
import io.tributary.json.FilterJson;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.query.FakeStore;
import io.tributary.service.store.StoreException;
import io.tributary.service.watch.feed.Watched;
import io.tributary.write.Filter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final String OPEN = "{\"open\":true}";
    private static final String CLOSED = "{\"open\":false}";

    private final FakeLog log = new FakeLog();
    private final FakeStore store = new FakeStore();
    private final Watches watches = log.watches(store, FakeLog.settings());

    @Test
    void tellsADocumentAndThenItsChanges() {
        store.put("a/1", "{}");
        Events events = document("a/1");

        assertThat(events.read()).containsExactly("snapshot a/1@1", "synced");

        log.publish("a/1", 2, "{}");
        log.publish("a/2", 1, "{}");
        log.publishDelete("a/1", 3);
        assertThat(events.read()).containsExactly("change a/1@2", "change a/1@3");
    }

    @Test
    void tellsNothingOfADocumentThatIsNotThere() {
        Events events = document("a/1");

        assertThat(events.read()).containsExactly("synced");

        log.publish("a/1", 1, "{}");
        assertThat(events.read()).containsExactly("change a/1@1");
    }

    @Test
    void tellsACollectionAndThenItsChanges() {
        store.put("a/1", "{}").put("a/2", "{}").put("b/1", "{}").put("a/2/c/1", "{}");
        Events events = collection("a", Filter.ALWAYS);

        assertThat(events.read()).containsExactly("snapshot a/1@1", "snapshot a/2@1", "synced");

        log.publish("b/1", 2, "{}");
        log.publish("a/2/c/1", 2, "{}");
        log.publish("a/3", 1, "{}");
        assertThat(events.read()).containsExactly("change a/3@1");
    }

    @Test
    void tellsNoChangeThatTheSnapshotHasShown() {
        document("b/0").read();
        store.put(state("a/1", 3, 2, "{}"));
        Events events = collection("a", Filter.ALWAYS);

        assertThat(events.read()).as("changes are still to come").containsExactly("snapshot a/1@3");
        assertThat(events.token()).isNull();

        log.publish("a/1", 1, "{}");
        log.publish("a/1", 2, "{}");
        log.publish("a/1", 3, "{}");
        log.publish("a/1", 4, "{}");
        assertThat(events.read()).containsExactly("synced", "change a/1@4");
    }

    @Test
    void leavesOutTheSnapshotWhenAsked() {
        store.put("a/1", "{}");
        Events events = events(new WatchRequest(ofCollection("a", Filter.ALWAYS), false, null));

        assertThat(events.read()).containsExactly("synced");
    }

    @Test
    void readsALargeCollectionPageByPage() {
        IntStream.range(0, 1_000).forEach(n -> store.put("a/%04d".formatted(n), "{}"));
        Events events = collection("a", Filter.ALWAYS);

        assertThat(events.one()).isEqualTo("snapshot a/0000@1");
        log.publish("a/0000", 2, "{}");
        log.publish("a/0999", 2, "{}");
        store.put(state("a/0999", 2, 1, "{}"));

        List<String> rest = events.read();
        assertThat(rest)
                .contains("change a/0000@2", "snapshot a/0999@2", "snapshot a/0500@1")
                .doesNotHaveDuplicates();
        assertThat(rest).doesNotContain("change a/0999@2").hasSize(1_001).endsWith("synced");
        assertThat(store.pages()).isGreaterThan(1);
    }

    @Test
    void tellsWhoEntersAndLeavesAFilteredCollection() {
        store.put("a/1", OPEN).put("a/2", CLOSED);
        Events events = collection("a", where("{\"open\":true}"));
        assertThat(events.read()).containsExactly("snapshot a/1@1", "synced");

        log.publish("a/1", 2, OPEN);
        log.publish("a/1", 3, CLOSED);
        log.publish("a/1", 4, CLOSED);
        log.publish("a/2", 2, OPEN);
        log.publishDelete("a/2", 3);
        log.publishDelete("a/1", 5);
        log.publish("a/3", 1, CLOSED);
        assertThat(events.read()).containsExactly("change a/1@2", "leave a/1@3", "enter a/2@2", "leave a/2@3");
    }

    @Test
    void saysEnterAndLeaveWhereItDoesNotKnowWhatTheReaderHas() {
        Events first = collection("a", where("{\"open\":true}"));
        first.read();
        first.cancel();

        Events events = resumed("a", where("{\"open\":true}"), first.token());
        assertThat(events.read()).containsExactly("synced");
        log.publish("a/1", 2, OPEN);
        log.publish("a/1", 3, OPEN);
        log.publish("a/2", 2, CLOSED);
        log.publish("a/2", 3, CLOSED);
        assertThat(events.read()).containsExactly("enter a/1@2", "change a/1@3", "leave a/2@2");
    }

    @Test
    void goesOnBehindTheLastEvent() {
        Events first = collection("a", Filter.ALWAYS);
        first.read();
        log.publish("a/1", 1, "{}");
        log.publish("a/1", 2, "{}");
        assertThat(first.one()).isEqualTo("change a/1@1");
        first.cancel();
        log.publish("a/1", 3, "{}");

        assertThat(resumed("a", Filter.ALWAYS, first.token()).read())
                .containsExactly("change a/1@2", "change a/1@3", "synced");
    }

    @Test
    void goesOnAtAnotherInstance() {
        Events first = collection("a", Filter.ALWAYS);
        first.read();
        IntStream.rangeClosed(1, 2_000).forEach(version -> log.publish("a/1", version, "{}"));

        Events second = Events.of(
                log.watches(store, FakeLog.settings()),
                new WatchRequest(ofCollection("a", Filter.ALWAYS), true, first.token()));

        List<String> read = second.read();
        assertThat(read)
                .hasSize(2_001)
                .startsWith("change a/1@1", "change a/1@2")
                .endsWith("change a/1@2000", "synced");
        assertThat(log.readings()).as("one for each instance, none to catch up").isEqualTo(2);
    }

    @Test
    void waitsForAnInstanceThatHasReadLess() {
        Watches behind = log.watches(store, FakeLog.settings());
        Events.of(behind, new WatchRequest(ofDocument("a/9"), true, null)).read();
        log.stand();
        Events ahead = collection("a", Filter.ALWAYS);
        ahead.read();
        log.publish("a/1", 1, "{}");
        String token = tokenBehind("a", 1);

        Events events = Events.of(behind, new WatchRequest(ofCollection("a", Filter.ALWAYS), true, token));
        assertThat(events.read()).containsExactly("synced");
        log.resume();
        log.publish("a/1", 2, "{}");
        assertThat(events.read()).containsExactly("change a/1@2");
    }

    @Test
    void beginsAnewWhenTheChangelogDoesNotReachBack() {
        Events first = collection("a", Filter.ALWAYS);
        first.read();
        IntStream.rangeClosed(1, 2_000).forEach(version -> log.publish("a/1", version, "{}"));
        log.keepFrom(1_000);
        store.put(state("a/1", 2_000, 0, "{}"));

        Events second = Events.of(
                log.watches(store, FakeLog.settings()),
                new WatchRequest(ofCollection("a", Filter.ALWAYS), true, first.token()));

        assertThat(second.read()).containsExactly("reset too-old", "snapshot a/1@2000", "synced");
    }

    @Test
    void beginsAnewWithAnotherChangelog() {
        Events first = collection("a", Filter.ALWAYS);
        first.read();
        log.becomeAnother();

        Events second = Events.of(
                log.watches(store, FakeLog.settings()),
                new WatchRequest(ofCollection("a", Filter.ALWAYS), false, first.token()));

        assertThat(second.read()).containsExactly("reset other-changelog", "synced");
    }

    @Test
    void refusesTheTokenOfAnotherWatch() {
        Events first = collection("a", Filter.ALWAYS);
        first.read();

        assertThatThrownBy(() -> resumed("a", where("{\"open\":true}"), first.token()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("belongs to a watch of another");
        assertThatThrownBy(() -> resumed("a", Filter.ALWAYS, "nonsense!"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("none that was given out");
    }

    @Test
    void givesAWholeBatchOnceItIsThere() {
        Events a = collection("a", Filter.ALWAYS);
        Events b = document("b/1");
        a.read();
        b.read();
        log.publishBatch("a/1", "a/2", "b/1");

        assertThat(a.read()).containsExactly("change a/1@1", "change a/2@1", "synced");
        assertThat(b.read()).containsExactly("change b/1@1", "synced");
    }

    @Test
    void endsASlowReaderWhereItStopped() {
        Events events = document("a/1");
        events.read();
        IntStream.rangeClosed(1, 1_000).forEach(version -> log.publish("a/1", version, "{}"));

        List<String> read = events.read();
        assertThat(read).startsWith("change a/1@1").endsWith("slow").hasSizeLessThan(1_000);
        assertThat(events.isOver()).isTrue();
        assertThat(watches.slow()).isEqualTo(1);
        events.cancel();

        List<String> rest = events(new WatchRequest(ofDocument("a/1"), true, events.token()))
                .read();
        assertThat(rest).startsWith("change a/1@" + read.size()).endsWith("change a/1@1000", "synced");
    }

    @Test
    void neverLosesWhatComesWhileASnapshotIsReadSlowly() {
        IntStream.range(0, 200).forEach(n -> store.put("a/%04d".formatted(n), "{}"));
        Events events = collection("a", Filter.ALWAYS);
        events.one();
        IntStream.rangeClosed(2, 1_000).forEach(version -> log.publish("a/0000", version, "{}"));

        List<String> read = events.read();
        assertThat(read.stream().filter(event -> event.startsWith("change")).toList())
                .containsExactlyElementsOf(IntStream.rangeClosed(2, 1_000)
                        .mapToObj(version -> "change a/0000@" + version)
                        .toList());
        assertThat(read.stream().filter(event -> event.startsWith("snapshot")).toList())
                .hasSize(199);
        assertThat(events.isOver()).isFalse();
    }

    @Test
    void showsThatItIsAliveAndHowFarItIs() {
        Events events = document("a/1");
        events.read();
        String before = events.token();
        log.publish("a/2", 1, "{}");
        watches.tick();
        watches.tick();
        assertThat(events.read()).containsExactly("synced");
        assertThat(events.token()).isNotEqualTo(before);

        watches.tick();
        watches.tick();
        assertThat(events.read()).containsExactly("heart_beat");
    }

    @Test
    void givesUpWhoTakesNothing() {
        Events events = document("a/1");
        IntStream.range(0, 20).forEach(second -> watches.tick());

        assertThat(events.isHungUp()).isFalse();
        events.read();
        log.publish("a/1", 1, "{}");
        IntStream.range(0, 20).forEach(second -> watches.tick());
        assertThat(events.isHungUp()).isTrue();
    }

    @Test
    void endsWhenTheStoreIsAway() {
        store.failWith(StoreException.Kind.AWAY);
        Events events = document("a/1");

        assertThat(events.read()).containsExactly("problem unavailable");
        assertThat(events.isOver()).isTrue();
    }

    @Test
    void endsWithATokenWhenTheServiceStops() {
        Events events = document("a/1");
        events.read();
        log.publish("a/1", 1, "{}");
        watches.stop();

        assertThat(events.read()).containsExactly("change a/1@1");
        assertThat(events.isOver()).isTrue();
        assertThatThrownBy(() -> document("a/1")).hasMessageContaining("the service stops");
    }

    @Test
    void refusesMoreThanItCanBear() {
        document("a/1");
        document("a/1");
        Events third = document("a/1");
        assertThatThrownBy(() -> document("a/1")).hasMessageContaining("3 watches");

        third.cancel();
        assertThat(document("a/1").read()).containsExactly("synced");
    }

    @Test
    void refusesFiltersByWhatChangesDoNotCarry() {
        assertThatThrownBy(() -> ofCollection("a", where("{\"not\":{\"@createdBy\":\"ada\"}}")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("@createdBy");
    }

    private String tokenBehind(String collection, long sequence) {
        Watched watched = ofCollection(collection, Filter.ALWAYS);
        var positions = io.tributary.service.watch.log.Positions.of(List.of(
                new io.tributary.kafka.changelog.LanePosition(sequence, sequence),
                new io.tributary.kafka.changelog.LanePosition(0, 0)));
        return ResumeToken.write(1, watched.digest(), new int[] {0, 1}, positions);
    }

    private Events document(String name) {
        return events(new WatchRequest(ofDocument(name), true, null));
    }

    private Events collection(String name, Filter where) {
        return events(new WatchRequest(ofCollection(name, where), true, null));
    }

    private Events resumed(String name, Filter where, @Nullable String token) {
        return events(new WatchRequest(ofCollection(name, where), true, token));
    }

    private Events events(WatchRequest request) {
        return Events.of(watches, request);
    }

    private static Watched ofDocument(String name) {
        return new Watched.OfDocument(DocumentName.of(name));
    }

    private static Watched ofCollection(String name, Filter where) {
        return new Watched.OfCollection(CollectionName.of(name), where);
    }

    private static Filter where(String json) {
        return FilterJson.read(json, Limits.DEFAULT);
    }

    /** A document as of a time of the log. */
    private static DocumentState state(String name, long version, int tick, String data) {
        Instant time = FakeLog.time(tick);
        return new DocumentState(
                DocumentName.of(name),
                version,
                ValueJson.readDocument(data.getBytes(StandardCharsets.UTF_8), Limits.DEFAULT),
                new Lifetime(time, time, time, null, null));
    }
}
