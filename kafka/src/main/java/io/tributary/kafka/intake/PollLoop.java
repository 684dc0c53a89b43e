package io.tributary.kafka.intake;

import io.tributary.kafka.intake.IntakeSettings.Ownership;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that touches the consumer. Other threads leave commands and marks, and wake it when it has to look at
 * them at once.
 */
final class PollLoop implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(PollLoop.class);

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LOOK_UP = Duration.ofSeconds(5);
    private static final Duration LEAVE = Duration.ofSeconds(4);
    private static final long BACK_OFF_MILLIS = 1_000;

    private final Consumer<byte[], byte[]> consumer;
    private final IntakeSettings settings;
    private final IntakeListener listener;
    private final ShownOffsets shownOffsets;
    private final BrokerContact contact;

    /** Assigned partitions; the poll thread alone looks into the flows. */
    private final Map<Integer, PartitionFlow> flows = new ConcurrentHashMap<>();

    private final Commands commands = new Commands();
    private final Offers offers;
    private volatile boolean closing;
    private volatile Set<Integer> paused = Set.of();
    private boolean failing;

    PollLoop(Consumer<byte[], byte[]> consumer, IntakeSettings settings, IntakeListener listener) {
        this.consumer = consumer;
        this.settings = settings;
        this.listener = listener;
        this.shownOffsets = new ShownOffsets(consumer, settings.topic());
        this.contact = BrokerContact.of(consumer, settings);
        this.offers = new Offers(listener);
    }

    @Override
    public void run() {
        try {
            takeUp();
            while (!closing) {
                commands.obey(flows);
                offers.offerAgain(flows.values());
                notePaused();
                offer(poll());
                contact.observe(expectsBytes());
                shownOffsets.sendNowAndThen(flows.keySet());
            }
        } catch (FencedInstanceIdException otherOfThisName) {
            lost(Set.copyOf(flows.keySet()));
            listener.replaced();
        } catch (RuntimeException | Error bug) {
            log.error("Reading of {} ends", settings.topic(), bug);
            listener.failed(bug);
        } finally {
            leave();
        }
    }

    private void takeUp() {
        if (settings.ownership() instanceof Ownership.Everything all) {
            List<TopicPartition> partitions = IntStream.range(0, all.partitions())
                    .mapToObj(this::topicPartition)
                    .toList();
            consumer.assign(partitions);
            assigned(partitions);
        } else {
            consumer.subscribe(List.of(settings.topic()), new Rebalance());
        }
    }

    private void leave() {
        try {
            // A member of a group is asked by the consumer when it closes; the owner of everything is not.
            if (settings.ownership() instanceof Ownership.Everything) {
                revoked(Set.copyOf(flows.keySet()));
            }
            // One with a name would otherwise keep its partitions until its session ends.
            consumer.close(
                    CloseOptions.timeout(LEAVE).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        } catch (RuntimeException e) {
            log.warn("Reading of {} did not end in good order", settings.topic(), e);
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            failing = false;
            return records;
        } catch (WakeupException somethingToDo) {
            return ConsumerRecords.empty();
        } catch (InterruptException | FencedInstanceIdException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            return positionGone(e);
        } catch (KafkaException e) {
            return backOff(e);
        }
    }

    private ConsumerRecords<byte[], byte[]> backOff(KafkaException e) {
        if (!failing) {
            failing = true;
            log.warn("Reading of {} fails and is tried again", settings.topic(), e);
        }
        try {
            TimeUnit.MILLISECONDS.sleep(BACK_OFF_MILLIS);
        } catch (InterruptedException interruption) {
            throw new InterruptException(interruption);
        }
        return ConsumerRecords.empty();
    }

    private void offer(ConsumerRecords<byte[], byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            PartitionFlow flow = flows.get(partition.partition());
            if (flow != null) {
                flow.hold(records.records(partition));
                offers.offer(flow);
            }
        }
    }

    /**
     * The log begins after a position, or ends before it. If the look-up fails the next poll says the same again.
     */
    private ConsumerRecords<byte[], byte[]> positionGone(OffsetOutOfRangeException e) {
        try {
            Map<TopicPartition, Long> wanted = e.offsetOutOfRangePartitions();
            Map<TopicPartition, Long> starts = consumer.beginningOffsets(wanted.keySet(), LOOK_UP);
            Map<TopicPartition, Long> ends = consumer.endOffsets(wanted.keySet(), LOOK_UP);
            wanted.forEach((partition, offset) -> {
                PartitionFlow flow = Objects.requireNonNull(flows.get(partition.partition()));
                long start = Objects.requireNonNull(starts.get(partition));
                if (offset < start) {
                    flow.resumeFrom(new OffsetAndMetadata(start));
                    listener.missed(flow.partition(), offset, start);
                } else {
                    flow.suspend();
                    listener.truncated(flow.partition(), offset, divergence(e, partition, ends));
                }
            });
            return ConsumerRecords.empty();
        } catch (WakeupException somethingToDo) {
            return ConsumerRecords.empty();
        } catch (KafkaException again) {
            return backOff(again);
        }
    }

    private static long divergence(
            OffsetOutOfRangeException e, TopicPartition partition, Map<TopicPartition, Long> ends) {
        OffsetAndMetadata known = e instanceof LogTruncationException truncation
                ? truncation.divergentOffsets().get(partition)
                : null;
        return known == null ? Objects.requireNonNull(ends.get(partition)) : known.offset();
    }

    private void assigned(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> flows.put(partition.partition(), new PartitionFlow(consumer, partition)));
        notePaused();
        listener.assigned(numbers(partitions));
    }

    private void revoked(Set<Integer> partitions) {
        flows.keySet().removeAll(partitions);
        forget(partitions);
        CompletableFuture<?> settled = listener.revoked(partitions).toCompletableFuture();
        try {
            settled.get(settings.revocationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            log.warn("Partitions {} of {} leave before all was finished", partitions, settings.topic());
        } catch (ExecutionException e) {
            log.warn("Partitions {} of {} leave in disorder", partitions, settings.topic(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shownOffsets.sendLast(partitions);
    }

    private void lost(Set<Integer> partitions) {
        flows.keySet().removeAll(partitions);
        forget(partitions);
        shownOffsets.forget(partitions);
        listener.lost(partitions);
    }

    /** What was said about partitions that leave must not meet them when they come back. */
    private void forget(Set<Integer> partitions) {
        commands.forget(partitions);
        offers.forget(partitions);
        notePaused();
    }

    void command(int partition, java.util.function.Consumer<PartitionFlow> action) {
        commands.add(partition, action);
        consumer.wakeup();
    }

    void wake(int partition) {
        if (offers.wake(partition)) {
            consumer.wakeup();
        }
    }

    void halt(boolean halt) {
        offers.halt(halt);
        consumer.wakeup();
    }

    void close() {
        closing = true;
        consumer.wakeup();
    }

    void show(int partition, OffsetAndMetadata position) {
        shownOffsets.put(partition, position);
    }

    CompletionStage<Optional<OffsetAndMetadata>> shown(int partition) {
        TopicPartition key = topicPartition(partition);
        return ask(
                partition,
                () -> Optional.ofNullable(
                        consumer.committed(Set.of(key), LOOK_UP).get(key)));
    }

    CompletionStage<Long> end(int partition) {
        return ask(partition, () -> endNow(topicPartition(partition)));
    }

    /** Asks for the end first: what is produced between the two questions lies behind it. */
    CompletionStage<Long> firstAt(int partition, Instant time) {
        TopicPartition key = topicPartition(partition);
        return ask(partition, () -> {
            long end = endNow(key);
            OffsetAndTimestamp found = consumer.offsetsForTimes(Map.of(key, time.toEpochMilli()), LOOK_UP)
                    .get(key);
            return found == null ? end : found.offset();
        });
    }

    private long endNow(TopicPartition partition) {
        return Objects.requireNonNull(
                consumer.endOffsets(Set.of(partition), LOOK_UP).get(partition));
    }

    private <T> CompletionStage<T> ask(int partition, Supplier<T> question) {
        CompletableFuture<T> answer = commands.ask(partition, question);
        consumer.wakeup();
        return answer;
    }

    Set<Integer> assigned() {
        return Set.copyOf(flows.keySet());
    }

    Set<Integer> paused() {
        return paused;
    }

    boolean connected() {
        return contact.present();
    }

    private void notePaused() {
        paused = flows.values().stream()
                .filter(PartitionFlow::isPaused)
                .map(PartitionFlow::partition)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A member hears from its coordinator; a reader from the leader, if only that there is nothing new. */
    private boolean expectsBytes() {
        return settings.ownership() instanceof Ownership.Shared || paused.size() < flows.size();
    }

    private TopicPartition topicPartition(int partition) {
        return new TopicPartition(settings.topic(), partition);
    }

    private static Set<Integer> numbers(Collection<TopicPartition> partitions) {
        return partitions.stream().map(TopicPartition::partition).collect(Collectors.toUnmodifiableSet());
    }

    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                assigned(partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                revoked(numbers(partitions));
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            if (!partitions.isEmpty()) {
                lost(numbers(partitions));
            }
        }
    }
}
