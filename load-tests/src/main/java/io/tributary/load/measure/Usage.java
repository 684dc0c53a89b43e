package io.tributary.load.measure;

import java.time.Duration;
import java.util.Optional;

/**
 * The CPU time that a contender's servers used.
 *
 * @param service that of its own process; nothing where it has none
 * @param postgres that of all processes of its PostgreSQL server; nothing where it has none, or none on this machine
 * @param kafka that of the process of its Kafka broker; nothing where it has none, none on this machine, or one inside its own
 *     process
 */
public record Usage(Optional<Duration> service, Optional<Duration> postgres, Optional<Duration> kafka) {

    /** Nothing is known. */
    public static final Usage UNKNOWN = new Usage(Optional.empty(), Optional.empty(), Optional.empty());

    /** What was used since an earlier moment. */
    Usage minus(Usage earlier) {
        return new Usage(
                difference(service, earlier.service),
                difference(postgres, earlier.postgres),
                difference(kafka, earlier.kafka));
    }

    private static Optional<Duration> difference(Optional<Duration> now, Optional<Duration> before) {
        return now.flatMap(time -> before.map(time::minus));
    }
}
