package io.tributary.service.trigger;

import io.tributary.change.Problem;
import io.tributary.json.ChangeJson;
import io.tributary.kafka.publish.RejectionHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** The rejections topic: the change that fired the trigger, with the reason in its headers. */
final class KafkaRejections implements Rejections, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaRejections.class);
    private static final String TRIGGER = "tributary-trigger";
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final String topic;

    /** @param client properties of the Kafka client: {@code bootstrap.servers}, TLS, SASL */
    KafkaRejections(Map<String, Object> client, String topic, int maxRecordBytes) {
        ByteArraySerializer bytes = new ByteArraySerializer();
        Map<String, Object> properties = new HashMap<>(client);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxRecordBytes);
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        this.producer = new KafkaProducer<>(properties, bytes, bytes);
        this.topic = topic;
    }

    @Override
    public Mono<Void> reject(String trigger, Occurrence occurrence, Problem problem) {
        return Mono.<RecordMetadata>create(sink -> send(record(trigger, occurrence, problem), sink))
                .subscribeOn(Schedulers.boundedElastic())
                .doOnError(failure ->
                        log.warn("a rejection of the trigger {} is sent again: {}", trigger, failure.getMessage()))
                .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_PAUSE).maxBackoff(LONGEST_PAUSE))
                .then();
    }

    private void send(ProducerRecord<byte[], byte[]> record, MonoSink<RecordMetadata> sink) {
        var _ = producer.send(record, (sent, failure) -> {
            if (failure == null) {
                sink.success(sent);
            } else {
                sink.error(failure);
            }
        });
    }

    private ProducerRecord<byte[], byte[]> record(String trigger, Occurrence occurrence, Problem problem) {
        RecordHeaders headers = new RecordHeaders();
        add(headers, RejectionHeaders.PROBLEM, problem.type().slug());
        add(headers, RejectionHeaders.STATUS, Integer.toString(problem.type().status()));
        add(headers, RejectionHeaders.DETAIL, problem.detail());
        add(headers, TRIGGER, trigger);
        byte[] key = occurrence.change().document().key().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                topic, occurrence.lane(), null, key, ChangeJson.write(occurrence.change()), headers);
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        producer.close(CLOSING);
    }
}
