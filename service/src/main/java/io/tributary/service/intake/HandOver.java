package io.tributary.service.intake;

import io.tributary.kafka.publish.OrderedProducer;
import io.tributary.kafka.publish.ProducerListener;
import io.tributary.kafka.publish.ProducerSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records that lie in another partition than their document's lane on to the right one: their producer does not
 * partition as Kafka's Java client does. Thread-safe.
 */
final class HandOver implements ProducerListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);

    private final OrderedProducer producer;
    private final Set<CompletableFuture<Void>> underWay = ConcurrentHashMap.newKeySet();

    HandOver(ProducerSettings settings) {
        this.producer = OrderedProducer.start(settings, this);
    }

    /** Sends a record. Completes when the broker has it; is cancelled when that has to be tried again. */
    CompletableFuture<Void> send(ProducerRecord<byte[], byte[]> record) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        underWay.add(sent);
        sent.whenComplete((nothing, failure) -> underWay.remove(sent));
        if (producer.send(List.of(record), () -> sent.complete(null)) != OrderedProducer.Admission.TAKEN) {
            sent.cancel(false);
        }
        return sent;
    }

    /** Senders try again by themselves. */
    @Override
    public void room() {}

    @Override
    public void failed(Exception cause) {
        log.warn("handing records on to their lanes begins again with a new producer: {}", cause.getMessage());
        CompletableFuture.runAsync(producer::restart)
                .whenComplete((nothing, failure) -> underWay.forEach(sent -> sent.cancel(false)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
