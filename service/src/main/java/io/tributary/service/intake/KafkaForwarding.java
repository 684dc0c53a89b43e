package io.tributary.service.intake;

import io.tributary.change.BatchOutcome;
import io.tributary.change.Outcome;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.BatchOutcomeJson;
import io.tributary.json.OutcomeJson;
import io.tributary.json.ProblemJson;
import io.tributary.kafka.reply.ReplyHeaders;
import io.tributary.kafka.reply.ReplyInbox;
import io.tributary.name.DocumentName;
import io.tributary.service.changelog.Publication;
import io.tributary.service.lane.Answer;
import io.tributary.service.lane.BatchCall;
import io.tributary.write.Batch;
import io.tributary.write.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Asks the owners by way of Kafka: the write becomes a record in the partition of its lane, and its outcome comes back as a
 * reply, in a partition that this instance reads. Should the reply not come in time, the outcome is unknown: the record is
 * there, and is applied once, whoever owns the lane by then.
 */
final class KafkaForwarding implements Forwarding {

    private static final Answer UNKNOWN = givenUp(
            ProblemType.OUTCOME_UNKNOWN,
            "the instance that owns the document's lane has not answered in time; repeat the write with the same id");
    private static final Answer UNAVAILABLE = givenUp(
            ProblemType.UNAVAILABLE,
            "another instance owns the document's lane, and Kafka, by which it is asked, does not answer; nothing was"
                    + " applied");

    private final Function<ReplyInbox.Listener, ReplyInbox> inboxes;
    private final HandOver producer;
    private final String updates;
    private final Mailbox mailbox;
    private final ToIntFunction<DocumentName> laneOf;
    private final Duration patience;
    private final Scheduler timer;

    private final String name = UUID.randomUUID().toString();
    private final AtomicLong questions = new AtomicLong();
    private final Map<String, Sinks.One<ConsumerRecord<byte[], byte[]>>> waiting = new ConcurrentHashMap<>();
    private volatile @Nullable ReplyInbox inbox;

    /** Where the replies come in. */
    record Mailbox(String topic, int partition) {}

    /**
     * @param inboxes opens the mailbox
     * @param updates the topic of updates
     * @param patience how long an owner may take
     * @param timer runs out when the patience does
     */
    KafkaForwarding(
            Function<ReplyInbox.Listener, ReplyInbox> inboxes,
            HandOver producer,
            String updates,
            Mailbox mailbox,
            ToIntFunction<DocumentName> laneOf,
            Duration patience,
            Scheduler timer) {
        this.inboxes = inboxes;
        this.producer = producer;
        this.updates = updates;
        this.mailbox = mailbox;
        this.laneOf = laneOf;
        this.patience = patience;
        this.timer = timer;
    }

    @Override
    public void start() {
        inbox = inboxes.apply(this::arrived);
    }

    @Override
    public boolean isReady() {
        ReplyInbox opened = inbox;
        return opened != null && opened.isOpen();
    }

    @Override
    public Mono<Answer> forward(Write write, @Nullable String actor, @Nullable String traceparent) {
        int lane = laneOf.applyAsInt(write.document());
        return asked(
                replyTo -> UpdateRecord.of(updates, lane, write, actor, traceparent, replyTo),
                reply -> new Answer.Decided(outcome(write.document(), reply), isReplayed(reply)));
    }

    @Override
    public Mono<Answer> forward(Batch batch, @Nullable String actor, @Nullable String traceparent) {
        int lane = laneOf.applyAsInt(BatchCall.home(batch));
        return asked(
                replyTo -> UpdateRecord.of(updates, lane, batch, actor, traceparent, replyTo),
                reply -> new Answer.DecidedBatch(outcome(reply), isReplayed(reply)));
    }

    private Mono<Answer> asked(
            Function<Publication.Address, ProducerRecord<byte[], byte[]>> question,
            Function<ConsumerRecord<byte[], byte[]>, Answer> answer) {
        return Mono.defer(() -> {
            if (!isReady()) {
                return Mono.just(UNAVAILABLE);
            }
            String correlationId = name + "/" + questions.incrementAndGet();
            Sinks.One<ConsumerRecord<byte[], byte[]>> reply = Sinks.one();
            waiting.put(correlationId, reply);
            var replyTo = new Publication.Address(mailbox.topic(), mailbox.partition(), correlationId);
            producer.send(question.apply(replyTo), receipt(reply));
            return reply.asMono()
                    .map(answer)
                    .defaultIfEmpty(UNKNOWN)
                    .timeout(patience, Mono.just(UNKNOWN), timer)
                    .doFinally(end -> waiting.remove(correlationId));
        });
    }

    private static HandOver.Receipt receipt(Sinks.One<?> reply) {
        return new HandOver.Receipt() {
            @Override
            public void arrived() {}

            @Override
            public void failed() {
                reply.tryEmitEmpty();
            }
        };
    }

    private void arrived(ConsumerRecord<byte[], byte[]> reply) {
        Header correlationId = reply.headers().lastHeader(ReplyHeaders.CORRELATION_ID);
        if (correlationId == null || correlationId.value() == null) {
            return;
        }
        var asked = waiting.remove(new String(correlationId.value(), StandardCharsets.UTF_8));
        if (asked != null) {
            asked.tryEmitValue(reply);
        }
    }

    private static Outcome outcome(DocumentName document, ConsumerRecord<byte[], byte[]> reply) {
        return isRefusal(reply)
                ? new Outcome.Refused(document, ProblemJson.read(reply.value()))
                : OutcomeJson.read(reply.value());
    }

    private static BatchOutcome outcome(ConsumerRecord<byte[], byte[]> reply) {
        return isRefusal(reply)
                ? new BatchOutcome.Refused(ProblemJson.read(reply.value()))
                : BatchOutcomeJson.read(reply.value());
    }

    private static boolean isRefusal(ConsumerRecord<byte[], byte[]> reply) {
        return Integer.parseInt(text(reply, ReplyHeaders.STATUS)) >= 400;
    }

    private static boolean isReplayed(ConsumerRecord<byte[], byte[]> reply) {
        return reply.headers().lastHeader(ReplyHeaders.REPLAYED) != null;
    }

    private static String text(ConsumerRecord<byte[], byte[]> reply, String header) {
        return new String(reply.headers().lastHeader(header).value(), StandardCharsets.UTF_8);
    }

    private static Answer givenUp(ProblemType type, String detail) {
        return new Answer.GivenUp(Problem.of(type, detail));
    }

    @Override
    public void close() {
        ReplyInbox opened = inbox;
        if (opened != null) {
            opened.close();
        }
    }
}
