package io.tributary.service.changelog;

import java.time.Duration;

/**
 * The bounds of publishing.
 *
 * @param keep how long acknowledged turns stay in the store, for the case that the broker loses its last records with its
 *     power
 * @param bytesInMemory how many bytes of committed changes a lane holds in memory, waiting or in flight; what comes beyond
 *     is read from the store when its turn comes
 * @param page how many turns are read from the store at a time
 * @param retry the pause before a failed call to broker or store is repeated
 * @param refusedRetry the pause before a lane whose record the broker has refused is tried again
 */
public record PublisherSettings(Duration keep, long bytesInMemory, int page, Duration retry, Duration refusedRetry) {

    public static final PublisherSettings DEFAULT =
            new PublisherSettings(Duration.ofSeconds(60), 4L << 20, 16, Duration.ofMillis(250), Duration.ofMinutes(1));

    public PublisherSettings withKeep(Duration keep) {
        return new PublisherSettings(keep, bytesInMemory, page, retry, refusedRetry);
    }
}
