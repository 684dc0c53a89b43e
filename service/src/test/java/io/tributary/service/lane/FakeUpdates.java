package io.tributary.service.lane;

import io.tributary.service.changelog.Publication;
import io.tributary.service.lane.Entry.Submission;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import reactor.core.scheduler.Scheduler;

/** The updates topic in memory, and what reads it. A record's offset is its place in its partition. */
final class FakeUpdates {

    /** What a record is. */
    sealed interface Update {

        String actor();

        Entry entry(int lane, long offset);

        /** A single write. */
        record Single(Submission submission) implements Update {

            @Override
            public String actor() {
                return Objects.requireNonNull(submission.actor());
            }

            @Override
            public Entry entry(int lane, long offset) {
                return Drafts.input(submission, lane, offset);
            }
        }

        /** A single write that lies in another partition than that of its document. */
        record Misplaced(Submission submission) implements Update {

            @Override
            public String actor() {
                return Objects.requireNonNull(submission.actor());
            }

            @Override
            public Entry entry(int lane, long offset) {
                return Drafts.input(submission, lane, offset);
            }
        }

        /** An atomic batch. */
        record Atomic(Batch batch, String actor) implements Update {

            @Override
            public Entry entry(int lane, long offset) {
                return Drafts.input(batch, actor, LaneSimulation::lane, lane, offset);
            }
        }

        /** Tells a lane's owner that another was there. */
        record WakeUp() implements Update {

            @Override
            public String actor() {
                return "nobody";
            }

            @Override
            public Entry entry(int lane, long offset) {
                return new Entry.Passed(offset, null);
            }
        }
    }

    /** What a wrong intake does. */
    enum Flaw {
        /** Hands a batch over and goes on behind it, as if it were a caller's. */
        GOES_ON_BEHIND_BATCHES,
        /** Gives a lane up for good when another has taken it over. */
        STOPS_AT_A_LOST_FENCE,
        /** Takes a record for one of the lane that it lies in. */
        APPLIES_WHERE_IT_FINDS
    }

    private final Map<Integer, List<Update>> partitions = new HashMap<>();
    private final List<Reader> readers = new ArrayList<>();

    /** Appends a single write. */
    void append(int partition, Submission submission) {
        append(partition, new Update.Single(submission));
    }

    /** Appends a record; whoever reads the partition gets it. */
    void append(int partition, Update update) {
        records(partition).add(update);
        readers.forEach(reader -> reader.taken(partition));
    }

    List<Update> records(int partition) {
        return partitions.computeIfAbsent(partition, unused -> new ArrayList<>());
    }

    Reader reader(Scheduler thread) {
        return reader(thread, Set.of());
    }

    /** @param flaws what it does wrong */
    Reader reader(Scheduler thread, Set<Flaw> flaws) {
        Reader reader = new Reader(thread, flaws);
        readers.add(reader);
        return reader;
    }

    /**
     * Reads partitions into an instance's lanes, on a thread of its own. What it is told about a partition before that
     * leaves does not count when it comes back.
     */
    final class Reader implements LaneListener {

        private final Scheduler thread;
        private final Set<Flaw> flaws;
        private final Set<Publication.Source> handedOn = new HashSet<>();
        private final Set<Integer> assigned = new HashSet<>();
        private final Map<Integer, Integer> departures = new HashMap<>();
        private final Map<Integer, Position> positions = new HashMap<>();
        private Lanes lanes;

        private Reader(Scheduler thread, Set<Flaw> flaws) {
            this.thread = thread;
            this.flaws = flaws;
        }

        void into(Lanes lanes) {
            this.lanes = lanes;
        }

        void assign(int partition) {
            thread.schedule(() -> {
                if (assigned.add(partition)) {
                    lanes.assign(Set.of(partition));
                }
            });
        }

        void revoke(int partition) {
            thread.schedule(() -> {
                if (assigned.remove(partition)) {
                    departures.merge(partition, 1, Integer::sum);
                    positions.remove(partition);
                    lanes.release(Set.of(partition)).subscribe();
                }
            });
        }

        @Override
        public void opened(int lane, long epoch, long nextOffset) {
            command(lane, () -> {
                positions.put(lane, new Position(epoch, (int) nextOffset));
                offer(lane);
            });
        }

        @Override
        public void taken(int lane) {
            command(lane, () -> offer(lane));
        }

        @Override
        public void visited(int lane) {
            thread.schedule(() -> append(lane, new Update.WakeUp()));
        }

        @Override
        public void closed(int lane) {
            command(lane, () -> positions.remove(lane));
            if (flaws.contains(Flaw.STOPS_AT_A_LOST_FENCE)) {
                command(lane, () -> lanes.release(Set.of(lane)).subscribe());
            }
        }

        private void command(int partition, Runnable action) {
            Integer departed = departures.get(partition);
            thread.schedule(() -> {
                if (assigned.contains(partition) && Objects.equals(departed, departures.get(partition))) {
                    action.run();
                }
            });
        }

        private void offer(int lane) {
            for (Position at = positions.get(lane);
                    at != null && at.offset() < records(lane).size();
                    at = at.next()) {
                Entry record = entry(records(lane).get(at.offset()), lane, at.offset());
                if (lanes.offer(lane, at.epoch(), record) != Admission.QUEUED) {
                    return;
                }
                positions.put(lane, at.next());
            }
        }

        private Entry entry(Update update, int partition, int offset) {
            if (update instanceof Update.Misplaced(Submission misplaced)
                    && !flaws.contains(Flaw.APPLIES_WHERE_IT_FINDS)) {
                handOn(misplaced, Drafts.source(partition, offset));
                return new Entry.Passed(offset, null);
            }
            if (update instanceof Update.Atomic(Batch batch, String actor)
                    && flaws.contains(Flaw.GOES_ON_BEHIND_BATCHES)) {
                lanes.offer(BatchCall.of(batch, 100, LaneSimulation::lane, actor, null, new Asker().caller()));
                return new Entry.Passed(offset, null);
            }
            return update.entry(partition, offset);
        }

        /** Appends a record to the partition of its lane, with an id that tells that it came from here. */
        private void handOn(Submission misplaced, Publication.Source source) {
            Write write = misplaced.write();
            if (handedOn.add(source)) {
                Write copy = write.id() == null ? write.withId("r/" + source) : write;
                append(LaneSimulation.lane(write), new Submission(copy, misplaced.length(), misplaced.actor(), null));
            }
        }
    }

    /** @param epoch what the record at {@code offset} is offered with */
    private record Position(long epoch, int offset) {

        Position next() {
            return new Position(epoch, offset + 1);
        }
    }
}
