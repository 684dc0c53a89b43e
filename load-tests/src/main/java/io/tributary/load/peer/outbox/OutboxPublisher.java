package io.tributary.load.peer.outbox;

import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Sends each new row of the outbox to a topic, with the time of its commit in a header. */
final class OutboxPublisher implements DebeziumEngine.ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    OutboxPublisher(Producer<byte[], byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    @Override
    public void handleBatch(
            List<RecordChangeEvent<SourceRecord>> events,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        List<Future<RecordMetadata>> sends = new ArrayList<>();
        for (RecordChangeEvent<SourceRecord> event : events) {
            if (event.record().value() instanceof Struct change && change.getStruct("after") != null) {
                sends.add(producer.send(record(change)));
            }
        }
        for (Future<RecordMetadata> send : sends) {
            acknowledged(send);
        }
        for (RecordChangeEvent<SourceRecord> event : events) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    private ProducerRecord<byte[], byte[]> record(Struct change) {
        Struct row = change.getStruct("after");
        Instant committed = Instant.EPOCH.plus(change.getStruct("source").getInt64("ts_us"), ChronoUnit.MICROS);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                topic,
                row.getString("document").getBytes(StandardCharsets.UTF_8),
                row.getString("change").getBytes(StandardCharsets.UTF_8));
        record.headers().add("ce_time", committed.toString().getBytes(StandardCharsets.US_ASCII));
        return record;
    }

    private static void acknowledged(Future<RecordMetadata> send) throws InterruptedException {
        try {
            send.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker did not take a change", e);
        }
    }
}
