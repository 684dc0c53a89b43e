package io.tributary.load.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the service is to keep below, whatever others do.
 *
 * @param p99Millis the most that the 99th percentile of its delays may be
 */
record DelayLimit(Workload workload, double p99Millis) {

    /** All that the project has set itself. */
    static final List<DelayLimit> ALL = List.of(new DelayLimit(Workload.LAG, 20));

    /** A row of the table of targets; nothing when it was not measured. */
    Optional<String> row(String subject, List<Result> results) {
        return results.stream()
                .filter(result ->
                        result.workload() == workload && result.contender().equals(subject))
                .findFirst()
                .map(result -> row(result.latencies().getValueAtPercentile(99) / 1e3));
    }

    private String row(double millis) {
        return String.format(
                Locale.ROOT,
                "| %s, %s: p99 | ≤ %.1f ms | %.1f | %s |\n",
                workload.label(),
                workload.keys().label(),
                p99Millis,
                millis,
                millis <= p99Millis ? "yes" : "no");
    }
}
