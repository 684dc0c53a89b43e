package io.tributary.kafka.intake;

import io.tributary.kafka.TestKafka;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps all it hears, and accepts as much as the test says. */
final class CollectingListener implements IntakeListener {

    private final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> accepted = new ConcurrentHashMap<>();
    final Set<Integer> assigned = ConcurrentHashMap.newKeySet();
    final List<String> events = new CopyOnWriteArrayList<>();

    /** How often records were offered. */
    final AtomicInteger offers = new AtomicInteger();

    /** How many of the records that are offered are accepted. */
    volatile ToIntFunction<List<ConsumerRecord<byte[], byte[]>>> appetite = List::size;

    volatile CompletionStage<Void> settled = CompletableFuture.completedFuture(null);

    @Override
    public void assigned(Set<Integer> partitions) {
        assigned.addAll(partitions);
    }

    @Override
    public CompletionStage<Void> revoked(Set<Integer> partitions) {
        assigned.removeAll(partitions);
        return settled;
    }

    @Override
    public void lost(Set<Integer> partitions) {
        assigned.removeAll(partitions);
    }

    @Override
    public int records(int partition, List<ConsumerRecord<byte[], byte[]>> records) {
        int count = appetite.applyAsInt(records);
        accepted.computeIfAbsent(partition, p -> new CopyOnWriteArrayList<>()).addAll(records.subList(0, count));
        offers.incrementAndGet();
        return count;
    }

    @Override
    public void replaced() {
        events.add("replaced");
    }

    @Override
    public void missed(int partition, long wanted, long found) {
        events.add("missed " + wanted + " to " + found);
    }

    @Override
    public void truncated(int partition, long wanted, long end) {
        events.add("truncated " + wanted + " to " + end);
    }

    @Override
    public void failed(Throwable cause) {
        events.add("failed " + cause.getMessage());
    }

    List<String> texts(int partition) {
        return accepted(partition).stream().map(TestKafka::text).toList();
    }

    List<Long> offsets(int partition) {
        return accepted(partition).stream().map(ConsumerRecord::offset).toList();
    }

    private List<ConsumerRecord<byte[], byte[]>> accepted(int partition) {
        return new ArrayList<>(accepted.getOrDefault(partition, List.of()));
    }
}
