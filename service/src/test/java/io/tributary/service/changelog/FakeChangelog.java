package io.tributary.service.changelog;

import io.tributary.service.changelog.Publication.ChangeRecord;
import io.tributary.service.changelog.Publication.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One instance's producer, before a broker in memory that outlives it. Records go out one by one, each lane's in order;
 * when the producer fails, some that were on their way still arrive.
 */
public final class FakeChangelog implements Changelog {

    /** What has arrived, whoever sent it. */
    public static final class Broker {

        private final Map<Integer, List<Arrived>> changes = new HashMap<>();
        private final List<Rejection> rejections = new ArrayList<>();

        /** The changelog of a lane. */
        public List<Arrived> changes(int lane) {
            return changes.computeIfAbsent(lane, unused -> new ArrayList<>());
        }

        /** The rejections of all lanes. */
        public List<Rejection> rejections() {
            return rejections;
        }

        /** The numbers of a lane's records in the order of their arrival. */
        public List<Long> numbers(int lane) {
            return changes(lane).stream().map(Arrived::sequence).toList();
        }
    }

    /** A record of the changelog: a change, or the tombstone behind a delete. */
    public record Arrived(long sequence, ChangeRecord change) {}

    /** @param last acknowledges all records that were sent with it; null for those before the last */
    private record Sent(int lane, Publication publication, long sequence, Sinks.Empty<Void> last) {}

    private final Broker broker;
    private final Supplier<Scheduler> wires;
    private final List<Integer> looks = new ArrayList<>();
    private Deque<Sent> underWay = new ArrayDeque<>();
    private Scheduler wire;
    private boolean failed;
    private final Set<Integer> refused = new HashSet<>();
    private boolean away;
    private int restarts;

    /** @param wires gives each producer what carries its records to the broker, one with each task */
    public FakeChangelog(Broker broker, Supplier<Scheduler> wires) {
        this.broker = broker;
        this.wires = wires;
        this.wire = wires.get();
    }

    @Override
    public Mono<OptionalLong> lastSequence(int lane) {
        looks.add(lane);
        return away
                ? Mono.error(new IllegalStateException("the broker is away"))
                : Mono.fromSupplier(() -> broker.changes(lane).stream()
                                .mapToLong(Arrived::sequence)
                                .max())
                        .delaySubscription(Mono.fromRunnable(() -> {}).subscribeOn(wire));
    }

    @Override
    public Mono<Void> send(int lane, List<Publication> publications) {
        if (failed) {
            return Mono.error(new IllegalStateException("the producer has failed before"));
        }
        Sinks.Empty<Void> acknowledged = Sinks.empty();
        for (Publication publication : publications) {
            if (publication instanceof ChangeRecord change) {
                for (long sequence = change.sequence(); sequence <= change.lastSequence(); sequence++) {
                    send(new Sent(lane, change, sequence, acknowledged));
                }
            } else {
                send(new Sent(lane, publication, 0, acknowledged));
            }
        }
        return acknowledged.asMono();
    }

    private void send(Sent record) {
        Deque<Sent> queue = underWay;
        queue.addLast(record);
        wire.schedule(() -> deliver(queue));
    }

    private void deliver(Deque<Sent> queue) {
        if (away) {
            return;
        }
        Sent next = queue.pollFirst();
        if (next == null) {
            return;
        }
        if (refused.contains(next.lane())) {
            refuse(next, queue);
            return;
        }
        switch (next.publication()) {
            case ChangeRecord change -> broker.changes(next.lane()).add(new Arrived(next.sequence(), change));
            case Rejection rejection -> broker.rejections().add(rejection);
            case Publication.Reply _ -> {}
        }
        if (queue.stream().noneMatch(left -> left.last() == next.last())) {
            next.last().tryEmitEmpty();
        }
    }

    /** Nothing arrives behind a record that is refused, of no lane. */
    private void refuse(Sent record, Deque<Sent> queue) {
        failed |= queue == underWay;
        queue.addFirst(record);
        List<Sent> lost = List.copyOf(queue);
        queue.clear();
        lost.stream()
                .filter(sent -> sent.lane() == record.lane())
                .forEach(sent ->
                        sent.last().tryEmitError(new RefusedRecordException(new IllegalStateException("too large"))));
        lost.forEach(sent -> sent.last().tryEmitError(new IllegalStateException("the producer has failed")));
    }

    @Override
    public Mono<Void> restart() {
        return Mono.<Void>fromRunnable(() -> {
                    restarts++;
                    failed = false;
                    underWay = new ArrayDeque<>();
                    wire = wires.get();
                })
                .subscribeOn(wire);
    }

    /** Lets no record arrive and no question be answered until {@link #comeBack}. */
    public void goAway() {
        away = true;
    }

    public void comeBack() {
        away = false;
        Deque<Sent> queue = underWay;
        queue.forEach(record -> wire.schedule(() -> deliver(queue)));
    }

    /** Comes back as for a producer that gives up the record which has waited longest, and goes on with those behind it. */
    public void comeBackTooLate() {
        Sent first = away ? underWay.pollFirst() : null;
        if (first != null) {
            first.last().tryEmitError(new TimeoutException("the record has waited too long"));
        }
        comeBack();
    }

    /** Makes the broker refuse all records of a lane until it is to {@link #take} them. */
    public void refuse(int lane) {
        refused.add(lane);
    }

    public void take(int lane) {
        refused.remove(lane);
    }

    /** Makes the producer fail; all that was under way is lost. */
    public void fail() {
        fail(underWay -> 0);
    }

    /** @param arriving how many of the records under way arrive all the same, though nobody hears of it */
    public void fail(IntUnaryOperator arriving) {
        failed = true;
        List<Sinks.Empty<Void>> lost =
                underWay.stream().map(Sent::last).distinct().toList();
        int left = arriving.applyAsInt(underWay.size());
        while (underWay.size() > left) {
            underWay.removeLast();
        }
        lost.forEach(sent -> sent.tryEmitError(new IllegalStateException("the producer has failed")));
    }

    /** How many records are on their way. */
    public int underWay() {
        return underWay.size();
    }

    /** How often a new producer was made. */
    public int restarts() {
        return restarts;
    }

    /** The lanes whose end was looked for, in order. */
    public List<Integer> looks() {
        return looks;
    }
}
