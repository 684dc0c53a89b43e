package io.tributary.service.changelog;

import java.util.List;
import java.util.OptionalLong;
import reactor.core.publisher.Mono;

/** Where turns are published to: the port to Kafka. */
public interface Changelog {

    /**
     * Emits the highest number among the last records of a lane's partition, empty when it holds none. Errs when the
     * broker is away.
     */
    Mono<OptionalLong> lastSequence(int lane);

    /**
     * Sends a turn's publications. Records of one lane are appended in the order of the calls, across turns too. Sends at
     * once, whether or not it is subscribed to; never blocks.
     *
     * @return completes when the broker has acknowledged all; errs when it never will, and then so does every later send
     *     until {@link #restart}. With {@link RefusedRecordException} when it refuses one of this lane's records, which it
     *     will again
     */
    Mono<Void> send(int lane, List<Publication> publications);

    /** Gives up what was sent and not acknowledged, which may still arrive, in order, and accepts sends anew. */
    Mono<Void> restart();
}
