package io.tributary.service.watch.log;

import io.tributary.kafka.changelog.LaneListener;
import io.tributary.kafka.changelog.LanePosition;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Where changes are read from: the port to Kafka. */
public interface ChangelogSource {

    /**
     * Emits a number that another changelog, or this one once it was deleted and made again, does not have. Errs when the
     * brokers do not answer in time.
     */
    Mono<Long> identity();

    /** Emits where a lane ends now. Errs when the brokers do not answer in time. */
    Mono<LanePosition> end(int lane);

    /**
     * Starts reading lanes, each from its position on. Waits for brokers that are away.
     *
     * @param listener called by one thread
     */
    Reading read(Map<Integer, LanePosition> from, LaneListener listener);

    /** What is being read. Its methods return at once. */
    interface Reading {

        /** Offers again what was not taken of a lane. */
        void wake(int lane);

        /** Ends reading; something may still be offered while this is called. */
        void stop();
    }
}
