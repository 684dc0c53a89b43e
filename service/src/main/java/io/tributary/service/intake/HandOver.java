package io.tributary.service.intake;

import io.tributary.kafka.publish.OrderedProducer;
import io.tributary.kafka.publish.ProducerListener;
import io.tributary.kafka.publish.ProducerSettings;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands records over to the lanes of their documents, by way of the updates topic: those that lie in another partition,
 * because their producer does not partition as Kafka's Java client does, and {@linkplain LaterIntake writes} whose callers
 * do not wait. Thread-safe.
 */
final class HandOver implements ProducerListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(HandOver.class);

    private final OrderedProducer producer;
    private final Set<Receipt> underWay = ConcurrentHashMap.newKeySet();

    /** Hears how a record fared, from any thread; must not block. */
    interface Receipt {

        /** The broker has it. */
        void arrived();

        /** It has to be sent again. */
        void failed();
    }

    HandOver(ProducerSettings settings) {
        this.producer = OrderedProducer.start(settings, this);
    }

    void send(ProducerRecord<byte[], byte[]> record, Receipt receipt) {
        underWay.add(receipt);
        OrderedProducer.Admission admission = producer.send(List.of(record), () -> {
            underWay.remove(receipt);
            receipt.arrived();
        });
        if (admission != OrderedProducer.Admission.TAKEN && underWay.remove(receipt)) {
            receipt.failed();
        }
    }

    /** Senders try again by themselves. */
    @Override
    public void room() {}

    @Override
    public void failed(int partition, Exception cause) {
        log.warn("handing records on to their lanes begins again with a new producer: {}", cause.getMessage());
        Thread.ofVirtual().name("tributary-hand-over").start(this::startAgain);
    }

    private void startAgain() {
        producer.restart();
        for (Receipt receipt : List.copyOf(underWay)) {
            if (underWay.remove(receipt)) {
                receipt.failed();
            }
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
