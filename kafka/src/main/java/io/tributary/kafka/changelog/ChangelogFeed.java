package io.tributary.kafka.changelog;

import io.tributary.change.Change;
import io.tributary.change.ProblemException;
import io.tributary.json.ChangeJson;
import io.tributary.kafka.changelog.ChangelogConsumer.Beginning;
import io.tributary.kafka.intake.IntakeListener;
import io.tributary.kafka.intake.IntakeSettings;
import io.tributary.kafka.intake.PartitionIntake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.FluxSink;

/** One subscription to the changelog: what the intake reads goes to the sink, as far as the sink has demand. */
final class ChangelogFeed implements IntakeListener {

    /** How long a lane that leaves waits for the changes that were given out to be acknowledged. */
    static final Duration FINISH = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(ChangelogFeed.class);

    private final PartitionIntake intake;
    private final FluxSink<ChangelogRecord> sink;
    private final Beginning beginning;
    private final @Nullable Instant since;
    private final Consumer<ChangelogGapException> gaps;
    private final Map<Integer, LaneProgress> lanes = new ConcurrentHashMap<>();
    private volatile boolean ended;

    private ChangelogFeed(
            PartitionIntake intake,
            FluxSink<ChangelogRecord> sink,
            Beginning beginning,
            @Nullable Instant since,
            Consumer<ChangelogGapException> gaps) {
        this.intake = intake;
        this.sink = sink;
        this.beginning = beginning;
        this.since = since;
        this.gaps = gaps;
    }

    /** Starts an intake that feeds the sink until that is cancelled or has failed. */
    static void start(
            IntakeSettings settings,
            FluxSink<ChangelogRecord> sink,
            Beginning beginning,
            @Nullable Instant since,
            Consumer<ChangelogGapException> gaps) {
        PartitionIntake intake =
                PartitionIntake.start(settings, made -> new ChangelogFeed(made, sink, beginning, since, gaps));
        sink.onRequest(demand -> intake.assigned().forEach(intake::wake));
        sink.onDispose(intake::stop);
    }

    @Override
    public void assigned(Set<Integer> partitions) {
        partitions.forEach(partition -> intake.shown(partition)
                .thenAccept(position -> begin(partition, position))
                .exceptionally(this::end));
    }

    private void begin(int partition, Optional<OffsetAndMetadata> position) {
        OptionalLong last = position.map(ReadPosition::lastSequence).orElse(OptionalLong.empty());
        lanes.put(partition, new LaneProgress(last, reached -> {
            intake.show(partition, reached);
            intake.wake(partition);
        }));
        if (position.isPresent()) {
            intake.resumeFrom(partition, position.get());
        } else if (since != null) {
            intake.firstAt(partition, since)
                    .thenAccept(first -> beginAt(partition, first))
                    .exceptionally(this::end);
        } else if (beginning == Beginning.OLDEST) {
            intake.resumeFrom(partition, 0);
        } else {
            intake.end(partition).thenAccept(end -> beginAt(partition, end)).exceptionally(this::end);
        }
    }

    /** What comes from now on has to be found also by a member that takes over before anything has come. */
    private void beginAt(int partition, long end) {
        intake.show(partition, new OffsetAndMetadata(end));
        intake.resumeFrom(partition, end);
    }

    @Override
    public int records(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        LaneProgress lane = Objects.requireNonNull(lanes.get(partition));
        int taken = 0;
        while (taken < records.size() && lane.hasRoom() && hasDemand()) {
            give(lane, records.get(taken));
            taken++;
        }
        return taken;
    }

    private boolean hasDemand() {
        return !ended && !sink.isCancelled() && sink.requestedFromDownstream() > 0;
    }

    private void give(LaneProgress lane, ConsumerRecord<byte[], byte[]> record) {
        OptionalLong sequence = ChangelogHeaders.sequence(record);
        if (sequence.isEmpty() || lane.hasSeen(sequence.getAsLong())) {
            lane.pass(record);
            return;
        }
        try {
            lane.gapBefore(record.partition(), sequence.getAsLong()).ifPresent(gaps);
            Optional<Change> change = change(record);
            LaneProgress.Taken taken = lane.take(record, sequence.getAsLong());
            change.ifPresentOrElse(
                    known -> sink.next(new ChangelogRecord(record.partition(), known, taken::acknowledge)),
                    taken::acknowledge);
        } catch (ChangelogGapException | ProblemException e) {
            end(e);
        }
    }

    /** Empty for what nobody needs: the tombstone after a delete, and kinds of changes that came later than this code. */
    private static Optional<Change> change(ConsumerRecord<byte[], byte[]> record) {
        return record.value() == null ? Optional.empty() : ChangeJson.readKnown(record.value());
    }

    @Override
    public CompletionStage<Void> revoked(Set<Integer> partitions) {
        List<LaneProgress> leaving = leaving(partitions);
        if (ended || sink.isCancelled()) {
            leaving.forEach(LaneProgress::abandon);
        }
        return CompletableFuture.allOf(leaving.stream()
                        .map(lane -> lane.finished().toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, FINISH.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> leaving.forEach(LaneProgress::abandon));
    }

    @Override
    public void lost(Set<Integer> partitions) {
        leaving(partitions).forEach(LaneProgress::abandon);
    }

    private List<LaneProgress> leaving(Set<Integer> partitions) {
        return partitions.stream().map(lanes::remove).filter(Objects::nonNull).toList();
    }

    @Override
    public void missed(int partition, long wanted, long found) {
        // If it was more than repetitions, the sequence of the next record tells.
        log.debug("Lane {}: records from {} to {} are gone", partition, wanted, found);
    }

    @Override
    public void truncated(int partition, long wanted, long end) {
        // The service publishes again what the brokers have lost; what was read is recognised by its sequence.
        log.warn("The changelog of lane {} ends at {} instead of {}", partition, end, wanted);
        intake.resumeFrom(partition, end);
    }

    @Override
    public void failed(Throwable cause) {
        end(cause);
    }

    private @Nullable Void end(Throwable cause) {
        ended = true;
        sink.error(cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause);
        return null;
    }
}
