package io.tributary.kafka.publish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it hears. */
final class CollectingProducerListener implements ProducerListener {

    final AtomicInteger rooms = new AtomicInteger();
    final List<Integer> partitions = new CopyOnWriteArrayList<>();
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Override
    public void room() {
        rooms.incrementAndGet();
    }

    @Override
    public void failed(int partition, Exception cause) {
        partitions.add(partition);
        failures.add(cause);
    }
}
