package io.tributary.service.changelog;

import io.tributary.kafka.changelog.ChangelogTail;
import io.tributary.kafka.publish.OrderedProducer;
import io.tributary.kafka.publish.ProducerListener;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.kafka.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/** The changelog as topics of Kafka. */
public final class KafkaChangelog implements Changelog, ProducerListener, AutoCloseable {

    private static final Duration LAST_SENDS = Duration.ofSeconds(5);

    private final PublishedRecords records;
    private final ChangelogTail tail;
    private final OrderedProducer producer;
    private final Replies replies;
    private final Scheduler scheduler;

    /** What the producer had no room for, in order. All three: guarded by this. */
    private final Queue<Sent> waiting = new ArrayDeque<>();

    private final Set<Sent> underWay = new LinkedHashSet<>();
    private @Nullable Exception failure;

    private record Sent(List<ProducerRecord<byte[], byte[]>> records, Sinks.Empty<Void> acknowledged) {

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

    /**
     * @param source the CloudEvents {@code source} of changes; null for {@code /tributary/<database>}
     * @param replies sends the replies, without making anything else wait for them
     * @param scheduler runs what may block
     */
    public KafkaChangelog(
            TopicNames topics,
            @Nullable String source,
            ChangelogTail tail,
            ProducerSettings settings,
            Replies replies,
            Scheduler scheduler) {
        this.records = new PublishedRecords(topics, source);
        this.tail = tail;
        this.replies = replies;
        this.scheduler = scheduler;
        this.producer = OrderedProducer.start(settings, this);
    }

    @Override
    public Mono<OptionalLong> lastSequence(int lane) {
        return Mono.fromCompletionStage(() -> tail.lastSequence(lane));
    }

    @Override
    public synchronized Mono<Void> send(int lane, List<Publication> publications) {
        Sent sent = new Sent(records.of(lane, publications), Sinks.empty());
        if (failure != null) {
            return Mono.error(failure);
        }
        publications.forEach(publication -> {
            if (publication instanceof Publication.Reply reply) {
                replies.send(reply);
            }
        });
        if (sent.records().isEmpty()) {
            return Mono.empty();
        }
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
    public void failed(Exception cause) {
        List<Sent> lost;
        synchronized (this) {
            failure = cause;
            lost = List.copyOf(underWay);
            underWay.clear();
            waiting.clear();
        }
        lost.forEach(sent -> sent.acknowledged().tryEmitError(cause));
    }

    @Override
    public Mono<Void> restart() {
        return Mono.<Void>fromRunnable(() -> {
                    synchronized (this) {
                        failure = null;
                    }
                    producer.restart();
                })
                .subscribeOn(scheduler);
    }

    /** Sends what is left, some seconds at most, and closes. */
    @Override
    public void close() {
        producer.close(LAST_SENDS);
        replies.close();
        tail.close();
    }
}
