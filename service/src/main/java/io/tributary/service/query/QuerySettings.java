package io.tributary.service.query;

import java.time.Duration;

/**
 * What a query may cost.
 *
 * @param timeLimit how long it may take in all
 * @param pageBytes the rough size in memory of the documents that a page holds; it has one document at least
 * @param concurrency how many queries run at once; more are refused
 */
public record QuerySettings(Duration timeLimit, long pageBytes, int concurrency) {

    public static final QuerySettings DEFAULT = new QuerySettings(Duration.ofSeconds(10), 16L << 20, 32);

    public QuerySettings {
        if (!timeLimit.isPositive() || pageBytes < 1 || concurrency < 1) {
            throw new IllegalArgumentException("the limits of queries are positive");
        }
    }
}
