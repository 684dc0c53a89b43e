package io.tributary.service.intake;

import io.tributary.json.Limits;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.PartitionIntake;
import io.tributary.kafka.publish.ProducerSettings;
import io.tributary.name.DocumentName;
import io.tributary.service.lane.LaneListener;
import io.tributary.service.lane.Lanes;
import java.time.Duration;
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

    private final ToIntFunction<DocumentName> laneOf;
    private final Limits limits;
    private final int largestCopy;
    private final ReplyTopics replyTopics;
    private final HandOver handOver;
    private final AtomicLong moved = new AtomicLong();

    /** Set before anything is read, and so before any lane opens. */
    private volatile @Nullable UpdatesListener listener;

    /** @param producer how misplaced records are handed on; no record that is sent on may be larger than it allows */
    public RecordIntake(
            ToIntFunction<DocumentName> laneOf, Limits limits, ProducerSettings producer, ReplyTopics replyTopics) {
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
     * Takes writes in as records of {@code topic}, too.
     *
     * @param patience how long the brokers may take to confirm a record
     */
    public LaterWrites later(String topic, Duration patience, Scheduler timer) {
        return new LaterIntake(handOver, topic, laneOf, patience, timer);
    }

    /** Takes no more records. */
    public void pause() {
        ifReading(updates -> updates.reading().pauseAll());
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
    public void closed(int lane) {
        ifReading(updates -> updates.reading().suspend(lane));
    }

    /** Reads no more and gives the partitions back. Waits for that, some seconds at most. */
    @Override
    public void close() {
        ifReading(updates -> updates.reading().close());
        handOver.close();
    }

    private void ifReading(Consumer<UpdatesListener> action) {
        UpdatesListener updates = listener;
        if (updates != null) {
            action.accept(updates);
        }
    }
}
