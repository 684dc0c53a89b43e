package io.tributary.service.changelog;

import io.tributary.kafka.changelog.ChangelogTail;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.kafka.topics.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The changelog as topics of Kafka. Changes, rejections and replies have a producer each: a topic that is gone delays
 * nothing that goes to another.
 */
public final class KafkaChangelog implements Changelog, AutoCloseable {

    private static final Duration LAST_SENDS = Duration.ofSeconds(5);

    private final PublishedRecords records;
    private final ChangelogTail tail;
    private final TopicSender changes;
    private final TopicSender rejections;
    private final Replies replies;
    private final Scheduler scheduler;

    /**
     * @param source the CloudEvents {@code source} of changes; null for {@code /tributary/<database>}
     * @param settings of the producers of changes and of rejections
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
        this.changes = new TopicSender(settings);
        this.rejections = new TopicSender(settings);
    }

    @Override
    public Mono<OptionalLong> lastSequence(int lane) {
        return Mono.fromCompletionStage(() -> tail.lastSequence(lane));
    }

    @Override
    public Mono<Void> send(int lane, List<Publication> publications) {
        publications.forEach(publication -> {
            if (publication instanceof Publication.Reply reply) {
                replies.send(reply);
            }
        });
        Mono<Void> changed = changes.send(lane, records.changes(lane, publications));
        Mono<Void> rejected = rejections.send(lane, records.rejections(publications));
        return Mono.when(changed, rejected);
    }

    @Override
    public Mono<Void> restart() {
        return Mono.<Void>fromRunnable(() -> {
                    changes.restart();
                    rejections.restart();
                })
                .subscribeOn(scheduler);
    }

    /** Sends what is left, some seconds at most, and closes. */
    @Override
    public void close() {
        changes.close(LAST_SENDS);
        rejections.close(LAST_SENDS);
        replies.close();
        tail.close();
    }
}
