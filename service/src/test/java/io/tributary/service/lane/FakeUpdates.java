package io.tributary.service.lane;

import io.tributary.service.lane.Entry.Submission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import reactor.core.scheduler.Scheduler;

/** The updates topic in memory, and what reads it. A record's offset is its place in its partition. */
final class FakeUpdates {

    private final Map<Integer, List<Submission>> partitions = new HashMap<>();
    private final List<Reader> readers = new ArrayList<>();

    /** Appends a record; whoever reads the partition gets it. */
    void append(int partition, Submission submission) {
        records(partition).add(submission);
        readers.forEach(reader -> reader.taken(partition));
    }

    List<Submission> records(int partition) {
        return partitions.computeIfAbsent(partition, unused -> new ArrayList<>());
    }

    Reader reader(Scheduler thread) {
        Reader reader = new Reader(thread);
        readers.add(reader);
        return reader;
    }

    /** Reads partitions into an instance's lanes, on a thread of its own. */
    final class Reader implements LaneListener {

        private final Scheduler thread;
        private final Map<Integer, Integer> positions = new HashMap<>();
        private Lanes lanes;

        private Reader(Scheduler thread) {
            this.thread = thread;
        }

        void into(Lanes lanes) {
            this.lanes = lanes;
        }

        void assign(int partition) {
            thread.schedule(() -> lanes.assign(Set.of(partition)));
        }

        void revoke(int partition) {
            thread.schedule(() -> {
                positions.remove(partition);
                lanes.release(Set.of(partition)).subscribe();
            });
        }

        @Override
        public void opened(int lane, long nextOffset) {
            thread.schedule(() -> {
                positions.put(lane, (int) nextOffset);
                offer(lane);
            });
        }

        @Override
        public void taken(int lane) {
            thread.schedule(() -> offer(lane));
        }

        @Override
        public CompletionStage<Void> closed(int lane) {
            CompletableFuture<Void> stopped = new CompletableFuture<>();
            thread.schedule(() -> {
                positions.remove(lane);
                stopped.complete(null);
            });
            return stopped;
        }

        private void offer(int lane) {
            List<Submission> records = records(lane);
            for (Integer at = positions.get(lane); at != null && at < records.size(); at++) {
                if (lanes.offer(lane, Drafts.input(records.get(at), lane, at)) != Admission.QUEUED) {
                    return;
                }
                positions.put(lane, at + 1);
            }
        }
    }
}
