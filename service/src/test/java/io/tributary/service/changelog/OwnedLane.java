package io.tributary.service.changelog;

import io.tributary.change.Change;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication.ChangeRecord;
import io.tributary.service.store.Batches;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.Turn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/** A lane that a test commits turns to, and tells a publisher of them. */
final class OwnedLane {

    private final int number;
    private final Session owner;
    private final Publisher publisher;
    private final InstantSource clock;
    private LaneState state;

    OwnedLane(int number, InMemoryStore store, Publisher publisher, InstantSource clock) {
        this.number = number;
        this.owner = store.session("owner of lane " + number);
        this.publisher = publisher;
        this.clock = clock;
        this.state = owner.takeOver(number, "owner").block();
    }

    /** Takes the lane over, again, and lets the publisher begin with it. */
    void open() {
        state = owner.takeOver(number, "owner").block();
        publisher.open(state);
    }

    LaneState state() {
        return state;
    }

    /** Commits a turn with that many changes and tells the publisher. */
    void commit(int changes) {
        commit(changes(changes));
    }

    void commit(List<Publication> publications) {
        commitForItself(publications);
        publisher.committed(List.of(new Publisher.News(state, publications)));
    }

    /** Commits a turn without telling the publisher. */
    void commitForItself(int changes) {
        commitForItself(changes(changes));
    }

    private void commitForItself(List<Publication> publications) {
        long last = publications.stream()
                .filter(ChangeRecord.class::isInstance)
                .mapToLong(change -> ((ChangeRecord) change).lastSequence())
                .max()
                .orElse(state.sequence());
        Turn turn = new Turn(
                number,
                state.epoch(),
                state.turn() + 1,
                last,
                (int) (last - state.sequence()),
                0,
                later(state.committedAt(), clock.instant()),
                Payload.write(publications),
                1,
                0);
        owner.commit(Batches.of(turn)).block();
        state = Batches.after(state, turn);
    }

    private static Instant later(Instant last, Instant now) {
        return last.isBefore(now) ? now : last.plusNanos(1_000);
    }

    private List<Publication> changes(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(n -> change(state.sequence() + n, Change.Kind.UPDATE, new byte[10]))
                .toList();
    }

    /** The lane's next change. */
    Publication change(Change.Kind kind, int bytes) {
        return change(kind, new byte[bytes]);
    }

    Publication change(Change.Kind kind, byte[] json) {
        return change(state.sequence() + 1, kind, json);
    }

    private Publication change(long sequence, Change.Kind kind, byte[] json) {
        return new ChangeRecord(DocumentName.of("products/a"), 1, kind, clock.instant(), sequence, null, json);
    }

    long oldestTurn() {
        return owner.lanes(Set.of(number)).block().get(number).oldestTurn();
    }
}
