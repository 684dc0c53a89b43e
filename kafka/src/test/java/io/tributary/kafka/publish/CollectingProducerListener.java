package io.tributary.kafka.publish;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Keeps what it hears. */
final class CollectingProducerListener implements ProducerListener {

    final AtomicInteger rooms = new AtomicInteger();
    final List<Exception> failures = new CopyOnWriteArrayList<>();

    @Override
    public void room() {
        rooms.incrementAndGet();
    }

    @Override
    public void failed(Exception cause) {
        failures.add(cause);
    }
}
