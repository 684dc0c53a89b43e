package io.tributary.service.lane;

import io.tributary.service.changelog.Changelog;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.store.Store;
import io.tributary.write.Write;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.scheduler.Scheduler;

/** The lanes and the publisher of one instance of the service. */
public final class Instance implements CommitObserver {

    /** Listens to lanes that no records come for. */
    public static final LaneListener NOBODY = new LaneListener() {
        @Override
        public void opened(int lane, long epoch, long nextOffset) {}

        @Override
        public void taken(int lane) {}

        @Override
        public void visited(int lane) {}

        @Override
        public void closed(int lane) {}
    };

    private final Lanes lanes;
    private final Publisher publisher;
    private final List<Batch> batches = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    /** A batch that was committed. */
    record Batch(int committer, int lanes, int writes, int documents) {}

    /** @param threads gives each part a thread of its own */
    public Instance(
            String name,
            LaneSettings settings,
            PublisherSettings publishing,
            Store store,
            Changelog changelog,
            LaneListener listener,
            InstantSource clock,
            Supplier<Scheduler> threads) {
        this.publisher = new Publisher(changelog, store.session(name), publishing, threads.get(), clock);
        this.lanes = new Lanes(
                settings,
                DocumentLimits.DEFAULT,
                name,
                store,
                publisher,
                clock,
                committer -> threads.get(),
                listener,
                this);
    }

    public Lanes lanes() {
        return lanes;
    }

    Publisher publisher() {
        return publisher;
    }

    List<Batch> batches() {
        return batches;
    }

    /** The kinds of statements' failures, in order. */
    List<String> failures() {
        return failures;
    }

    /** Offers a caller's write, and answers as the intake does when it is not taken. */
    Asker ask(int lane, Write write) {
        Asker asker = new Asker();
        Admission admission = lanes.offer(lane, asker.call(Drafts.submission(write)));
        if (admission != Admission.QUEUED) {
            throw new AssertionError("the write was not taken: " + admission);
        }
        return asker;
    }

    @Override
    public void waited(int lane, Duration inQueue) {}

    @Override
    public void committed(int committer, int lanes, int writes, int documents, Duration taken) {
        batches.add(new Batch(committer, lanes, writes, documents));
    }

    @Override
    public void rejected(String slug) {}

    @Override
    public void failed(int committer, String kind) {
        failures.add(kind);
    }
}
