package io.tributary.kafka.changelog;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * What has been read of one lane since it came here, and how much of that is processed. Records are taken on the poll
 * thread; they are acknowledged on any.
 */
final class LaneProgress {

    /** What is taken and not acknowledged at most: one record that nobody acknowledges must not fill the memory. */
    private static final int MOST_OPEN = 10_000;

    private final Consumer<OffsetAndMetadata> moved;
    private final Deque<Taken> open = new ArrayDeque<>();
    private final CompletableFuture<Void> finished = new CompletableFuture<>();

    /** The largest sequence that was read; until the first one, any may come. */
    private OptionalLong last;

    private boolean leaving;

    /**
     * @param last the largest sequence that was read before, by whomever
     * @param moved told each position before which all is processed
     */
    LaneProgress(OptionalLong last, Consumer<OffsetAndMetadata> moved) {
        this.last = last;
        this.moved = moved;
    }

    /** Whether a record with this sequence was read before, so that another is a repetition. */
    synchronized boolean hasSeen(long sequence) {
        return last.isPresent() && sequence <= last.getAsLong();
    }

    /** What is missing before a record with this sequence. */
    synchronized Optional<ChangelogGapException> gapBefore(int lane, long sequence) {
        return last.isPresent() && sequence > last.getAsLong() + 1
                ? Optional.of(new ChangelogGapException(lane, last.getAsLong() + 1, sequence))
                : Optional.empty();
    }

    /** Whether more may be taken before something is acknowledged. */
    synchronized boolean hasRoom() {
        return open.size() < MOST_OPEN;
    }

    /** Takes a record with a new sequence, which somebody is going to acknowledge. */
    synchronized Taken take(ConsumerRecord<?, ?> record, long sequence) {
        last = OptionalLong.of(sequence);
        Taken taken = new Taken(ReadPosition.behind(record, last));
        open.add(taken);
        return taken;
    }

    /** Passes over a record that nobody needs. */
    synchronized void pass(ConsumerRecord<?, ?> record) {
        Taken passed = new Taken(ReadPosition.behind(record, last));
        open.add(passed);
        passed.acknowledge();
    }

    /** Completes when all that was taken is acknowledged. Takes nothing more. */
    synchronized CompletionStage<Void> finished() {
        leaving = true;
        finishIfEmpty();
        return finished;
    }

    /** Forgets what is not acknowledged: it will be read again. */
    synchronized void abandon() {
        open.clear();
        finished.complete(null);
    }

    private void finishIfEmpty() {
        if (leaving && open.isEmpty()) {
            finished.complete(null);
        }
    }

    /** A record that was taken. */
    final class Taken {

        private final OffsetAndMetadata behind;
        private boolean done;

        private Taken(OffsetAndMetadata behind) {
            this.behind = behind;
        }

        void acknowledge() {
            synchronized (LaneProgress.this) {
                done = true;
                OffsetAndMetadata reached = null;
                while (!open.isEmpty() && open.element().done) {
                    reached = open.remove().behind;
                }
                if (reached != null) {
                    moved.accept(reached);
                }
                finishIfEmpty();
            }
        }
    }
}
