package io.tributary.service.intake;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.write.Write;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;

/** Makes writes records of the updates topic. */
final class LaterIntake implements LaterWrites {

    private final HandOver producer;
    private final String topic;
    private final ToIntFunction<DocumentName> laneOf;
    private final Duration patience;
    private final Scheduler timer;

    /**
     * @param patience how long the brokers may take to confirm a record
     * @param timer runs out when the patience does
     */
    LaterIntake(
            HandOver producer, String topic, ToIntFunction<DocumentName> laneOf, Duration patience, Scheduler timer) {
        this.producer = producer;
        this.topic = topic;
        this.laneOf = laneOf;
        this.patience = patience;
        this.timer = timer;
    }

    @Override
    public Mono<Void> accept(Write write, @Nullable String actor, @Nullable String traceparent) {
        ProducerRecord<byte[], byte[]> record =
                UpdateRecord.of(topic, laneOf.applyAsInt(write.document()), write, actor, traceparent, null);
        return Mono.<Void>create(sink -> producer.send(record, receipt(sink)))
                .timeout(patience, timer)
                .onErrorMap(TimeoutException.class, late -> unknown());
    }

    private static HandOver.Receipt receipt(MonoSink<Void> sink) {
        return new HandOver.Receipt() {
            @Override
            public void arrived() {
                sink.success();
            }

            @Override
            public void failed() {
                sink.error(unknown());
            }
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.of(
                ProblemType.OUTCOME_UNKNOWN,
                "Kafka has not confirmed in time that it keeps the write; repeat it with the same id"));
    }
}
