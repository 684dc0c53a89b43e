package io.tributary.service.lane;

import io.tributary.service.changelog.Publisher;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.store.Store;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * All lanes, and the committers that this instance runs for those it owns. Thread-safe.
 *
 * <p>Lane {@code n} belongs to committer {@code n mod committers}.
 */
public final class Lanes {

    private final LaneListener listener;
    private final Budget budget;
    private final List<Lane> lanes;
    private final List<Committer> committers;
    private volatile boolean draining;

    /**
     * @param owner names this instance in the store
     * @param schedulers gives each committer a scheduler of one thread
     */
    public Lanes(
            LaneSettings settings,
            DocumentLimits documentLimits,
            String owner,
            Store store,
            Publisher publisher,
            InstantSource wall,
            IntFunction<Scheduler> schedulers,
            LaneListener listener,
            CommitObserver observer) {
        var planning = new Planning(new CommitClock(wall), documentLimits, settings.changes(), settings.changeBytes());
        this.listener = listener;
        this.budget = new Budget(settings.waitingBytes(), this::tellOfRoom);
        this.lanes = IntStream.range(0, settings.lanes())
                .mapToObj(number -> new Lane(number, settings, budget))
                .toList();
        List<Committer> all = new ArrayList<>();
        for (int number = 0; number < settings.committers(); number++) {
            int committer = number;
            all.add(new Committer(
                    number,
                    owner,
                    lanes.stream()
                            .filter(lane -> lane.number() % settings.committers() == committer)
                            .toList(),
                    store.session("committer " + number),
                    store.session("reader " + number),
                    publisher,
                    planning,
                    settings,
                    budget,
                    schedulers.apply(number),
                    listener,
                    observer));
        }
        this.committers = List.copyOf(all);
    }

    /** How many lanes there are. */
    public int count() {
        return lanes.size();
    }

    /** Offers a caller's write to a lane; never blocks. Only who is {@link Admission#QUEUED} is answered later. */
    public Admission offer(int lane, Entry.Call call) {
        return draining || !committer(lane).available()
                ? Admission.UNAVAILABLE
                : heeded(lane, lanes.get(lane).offer(call, System.nanoTime()));
    }

    /**
     * Offers an atomic batch to the lane of its first document; never blocks. Only who is {@link Admission#QUEUED} is
     * answered later.
     */
    public Admission offer(BatchCall call) {
        Committer committer = committer(call.home());
        if (draining || !committer.available()) {
            return Admission.UNAVAILABLE;
        }
        if (!lanes.get(call.home()).takesCallers()) {
            return Admission.NOT_HERE;
        }
        Admission admission = committer.offer(call);
        if (admission == Admission.QUEUED) {
            committer.wake();
        }
        return admission;
    }

    /**
     * Offers a record to the lane whose partition it lies in; never blocks. Records are offered in order and without gap
     * since the offset that {@link LaneListener#opened} told.
     *
     * @param epoch told together with that offset
     */
    public Admission offer(int lane, long epoch, Entry record) {
        return draining ? Admission.UNAVAILABLE : heeded(lane, lanes.get(lane).offer(record, epoch, System.nanoTime()));
    }

    private Admission heeded(int lane, Admission admission) {
        if (admission == Admission.QUEUED) {
            committer(lane).wake();
        }
        return admission;
    }

    /** Makes lanes this instance's: they are taken over as soon as the store answers, if this does not stop. */
    public void assign(Collection<Integer> numbers) {
        if (draining) {
            return;
        }
        numbers.forEach(number -> committer(number).assign(lanes.get(number)));
    }

    /** Gives lanes up. Completes when nothing of them is under way any more; runs whether or not it is subscribed to. */
    public Mono<Void> release(Collection<Integer> numbers) {
        return Mono.when(numbers.stream()
                .map(number -> committer(number).release(lanes.get(number)))
                .toList());
    }

    /** Takes nothing more, and completes when all that waits is committed and answered; runs as {@link #release}. */
    public Mono<Void> drain() {
        draining = true;
        return Mono.when(committers.stream().map(Committer::drained).toList());
    }

    /** Whether the store answered all committers when they last asked. */
    public boolean available() {
        return committers.stream().allMatch(Committer::available);
    }

    /** How many lanes are open here. */
    public int open() {
        return (int) lanes.stream()
                .filter(lane -> lane.ownership() == Lane.Ownership.OPEN)
                .count();
    }

    /** Whether a lane takes writes here. */
    public boolean isOpen(int lane) {
        return lanes.get(lane).ownership() == Lane.Ownership.OPEN;
    }

    /** How many entries wait in a lane. */
    public int waiting(int lane) {
        return lanes.get(lane).waiting();
    }

    /** The memory that all entries take that wait, roughly, in bytes. */
    public long waitingBytes() {
        return budget.taken();
    }

    /** A lane may have refused a record for what waited in others, and then nothing is taken from it that would tell. */
    private void tellOfRoom() {
        lanes.stream()
                .filter(lane -> lane.ownership() == Lane.Ownership.OPEN)
                .forEach(lane -> listener.taken(lane.number()));
    }

    private Committer committer(int lane) {
        return committers.get(lane % committers.size());
    }
}
