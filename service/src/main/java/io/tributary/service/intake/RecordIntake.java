package io.tributary.service.intake;

import io.tributary.json.Limits;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.PartitionIntake;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.kafka.reply.ReplyInbox;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.LaneListener;
import io.tributary.service.lane.Lanes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;

/**
 * Takes the records of the updates topic in. Partitions and lanes are one: what partition is assigned here, that lane is
 * taken over, and its reading begins at the offset that the lane's last turn left.
 */
public final class RecordIntake implements LaneListener, AutoCloseable {

    /** What a rejection has beside the original's key, value and headers: the longest is a problem's detail. */
    private static final int ROOM_FOR_HEADERS = 64 << 10;

    /** Should a wake-up be lost, the lane's owner looks by itself after some seconds. */
    private static final HandOver.Receipt UNHEEDED = new HandOver.Receipt() {
        @Override
        public void arrived() {}

        @Override
        public void failed() {}
    };

    private final String topic;
    private final ToIntFunction<DocumentName> laneOf;
    private final Limits limits;
    private final int largestCopy;
    private final ReplyTopics replyTopics;
    private final HandOver handOver;
    private final AtomicLong moved = new AtomicLong();

    /** Set before anything is read, and so before any lane opens. */
    private volatile @Nullable UpdatesListener listener;

    /**
     * @param topic that the records are of
     * @param producer how misplaced records are handed on; no record that is sent on may be larger than it allows
     */
    public RecordIntake(
            String topic,
            ToIntFunction<DocumentName> laneOf,
            Limits limits,
            ProducerSettings producer,
            ReplyTopics replyTopics) {
        this.topic = topic;
        this.laneOf = laneOf;
        this.limits = limits;
        this.largestCopy = producer.maxRecordBytes() - ROOM_FOR_HEADERS;
        this.replyTopics = replyTopics;
        this.handOver = new HandOver(producer);
    }

    /** Begins to read. Does not wait for the brokers. */
    public void start(Lanes lanes, IntakeSettings settings) {
        PartitionIntake.start(settings, reading -> {
            var updates =
                    new UpdatesListener(reading, lanes, laneOf, limits, largestCopy, replyTopics, handOver, moved);
            listener = updates;
            return updates;
        });
    }

    /**
     * Takes writes in as records, too.
     *
     * @param patience how long the brokers may take to confirm a record
     */
    public LaterWrites later(Duration patience, Scheduler timer) {
        return new LaterIntake(handOver, topic, laneOf, patience, timer);
    }

    /**
     * Has owners asked, by the same topic.
     *
     * @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL
     * @param replies the topic of the instances' answers
     * @param partitions how many partitions it has; this instance reads one of them
     * @param patience how long an owner may take
     */
    public Forwarding forwarding(
            Map<String, Object> client, String replies, int partitions, Duration patience, Scheduler timer) {
        var mailbox =
                new KafkaForwarding.Mailbox(replies, ThreadLocalRandom.current().nextInt(partitions));
        return new KafkaForwarding(
                listener -> ReplyInbox.open(client, mailbox.topic(), mailbox.partition(), listener),
                handOver,
                topic,
                mailbox,
                laneOf,
                patience,
                timer);
    }

    /** Takes no more records. */
    public void pause() {
        ifReading(updates -> updates.reading().pauseAll());
    }

    /** Whether records are read: until this ends by itself, which it only does for good. */
    public boolean isReading() {
        UpdatesListener updates = listener;
        return updates != null && updates.isReading();
    }

    /** Gives the partitions back, and with them the lanes. Waits for it. */
    public void leave() {
        ifReading(updates -> updates.reading().close());
    }

    /** How many records were handed on to another partition, which is their document's lane. */
    public long moved() {
        return moved.get();
    }

    @Override
    public void opened(int lane, long epoch, long nextOffset) {
        ifReading(updates -> updates.resume(lane, epoch, nextOffset));
    }

    @Override
    public void taken(int lane) {
        ifReading(updates -> updates.reading().wake(lane));
    }

    @Override
    public void visited(int lane) {
        handOver.send(UpdateRecord.wakeUp(topic, lane), UNHEEDED);
    }

    @Override
    public void closed(int lane) {
        ifReading(updates -> updates.reading().suspend(lane));
    }

    /** Reads no more and gives the partitions back. Waits for that, some seconds at most. */
    @Override
    public void close() {
        leave();
        handOver.close();
    }

    private void ifReading(Consumer<UpdatesListener> action) {
        UpdatesListener updates = listener;
        if (updates != null) {
            action.accept(updates);
        }
    }
}
