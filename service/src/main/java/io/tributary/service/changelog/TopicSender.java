package io.tributary.service.changelog;

import io.tributary.kafka.publish.OrderedProducer;
import io.tributary.kafka.publish.ProducerListener;
import io.tributary.kafka.publish.ProducerSettings;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Sends records to one topic, whose partitions are the lanes: in the order of the calls, however many of them wait for room.
 * Thread-safe; blocks nobody but who restarts or closes it.
 */
final class TopicSender implements ProducerListener {

    private final OrderedProducer producer;

    /** What the producer had no room for, in order. All three: guarded by this. */
    private final Queue<Sent> waiting = new ArrayDeque<>();

    private final Set<Sent> underWay = new LinkedHashSet<>();
    private @Nullable Exception failure;

    private record Sent(int lane, List<ProducerRecord<byte[], byte[]>> records, Sinks.Empty<Void> acknowledged) {

        /** Each is one of its own, whatever it holds. */
        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    TopicSender(ProducerSettings settings) {
        this.producer = OrderedProducer.start(settings, this);
    }

    /** @return as {@link Changelog#send} */
    synchronized Mono<Void> send(int lane, List<ProducerRecord<byte[], byte[]>> records) {
        if (failure != null) {
            return Mono.error(failure);
        }
        if (records.isEmpty()) {
            return Mono.empty();
        }
        Sent sent = new Sent(lane, records, Sinks.empty());
        underWay.add(sent);
        waiting.add(sent);
        sendWaiting();
        return sent.acknowledged().asMono();
    }

    private void sendWaiting() {
        for (Sent next = waiting.peek(); next != null; next = waiting.peek()) {
            Sent sent = next;
            if (producer.send(sent.records(), () -> acknowledged(sent)) != OrderedProducer.Admission.TAKEN) {
                return;
            }
            waiting.remove();
        }
    }

    private void acknowledged(Sent sent) {
        synchronized (this) {
            underWay.remove(sent);
        }
        sent.acknowledged().tryEmitEmpty();
    }

    @Override
    public synchronized void room() {
        sendWaiting();
    }

    @Override
    public void failed(int partition, Exception cause) {
        List<Sent> lost;
        synchronized (this) {
            failure = cause;
            lost = List.copyOf(underWay);
            underWay.clear();
            waiting.clear();
        }
        boolean refused = RefusedRecordException.concerns(cause);
        lost.stream()
                .filter(sent -> refused && sent.lane() == partition)
                .forEach(sent -> sent.acknowledged().tryEmitError(new RefusedRecordException(cause)));
        lost.forEach(sent -> sent.acknowledged().tryEmitError(cause));
    }

    /** Begins anew, empty. Waits a moment for the old producer to be still. */
    void restart() {
        synchronized (this) {
            failure = null;
        }
        producer.restart();
    }

    /** Sends what is left, but not longer than {@code limit}, and closes. */
    void close(Duration limit) {
        producer.close(limit);
    }
}
