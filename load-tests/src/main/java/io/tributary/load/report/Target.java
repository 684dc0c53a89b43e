package io.tributary.load.report;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the service is to reach beside another contender, in one run.
 *
 * @param workload where the service is measured
 * @param peer how the other's name begins
 * @param peerWorkload where the other is measured
 * @param figure what of them is compared
 * @param bound of the service's figure divided by the other's
 */
record Target(Workload workload, String peer, Workload peerWorkload, Figure figure, double bound) {

    /** All that the project has set itself. */
    static final List<Target> ALL = List.of(
            throughput(Workload.UNIFORM, "raw SQL", 1),
            throughput(Workload.UNIFORM, "plain handler", 5),
            throughput(Workload.UNIFORM, "parse-server", 6),
            throughput(Workload.UNIFORM, "echo", 0.6),
            throughput(Workload.HOT, "raw SQL", 3),
            throughput(Workload.HOT, "plain handler", 12),
            new Target(Workload.HOT, "Tributary", Workload.UNIFORM, Figure.WRITES_PER_SECOND, 1),
            new Target(Workload.STREAM, "raw SQL", Workload.UNIFORM, Figure.WRITES_PER_SECOND, 3),
            throughput(Workload.STREAM, "Kafka Streams", 1),
            new Target(Workload.RATE, "raw SQL", Workload.RATE, Figure.P99, 2),
            new Target(Workload.LAG, "raw SQL", Workload.LAG, Figure.P99, 0.2));

    /** What is compared. */
    enum Figure {
        WRITES_PER_SECOND("writes/s", "≥"),
        P99("p99", "≤");

        private final String label;
        private final String relation;

        Figure(String label, String relation) {
            this.label = label;
            this.relation = relation;
        }

        double of(Result result) {
            return switch (this) {
                case WRITES_PER_SECOND -> result.writesPerSecond();
                case P99 -> result.latencies().getValueAtPercentile(99);
            };
        }
    }

    private static Target throughput(Workload workload, String peer, double bound) {
        return new Target(workload, peer, workload, Figure.WRITES_PER_SECOND, bound);
    }

    /** A row of the table: what is to be reached and what was; nothing when one of the two was not measured. */
    Optional<String> row(String subject, List<Result> results) {
        return find(results, workload, subject)
                .flatMap(own -> find(results, peerWorkload, peer)
                        .map(other -> row(other.contender(), figure.of(own) / figure.of(other))));
    }

    private String row(String other, double ratio) {
        boolean reached = figure == Figure.P99 ? ratio <= bound : ratio >= bound;
        return String.format(
                Locale.ROOT,
                "| %s, %s: %s | %s %.1f × %s%s | %.2f | %s |\n",
                workload.label(),
                workload.keys().label(),
                figure.label,
                figure.relation,
                bound,
                other,
                workload == peerWorkload
                        ? ""
                        : ", " + peerWorkload.label() + ", "
                                + peerWorkload.keys().label(),
                ratio,
                reached ? "yes" : "no");
    }

    private static Optional<Result> find(List<Result> results, Workload workload, String name) {
        return results.stream()
                .filter(result ->
                        result.workload() == workload && result.contender().startsWith(name))
                .findFirst();
    }
}
