package io.tributary.load.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Pictures of a report: for each workload the throughput, or the 50th and 99th percentile of what was delayed. */
public final class Charts {

    private final Report report;

    public Charts(Report report) {
        this.report = report;
    }

    /** SVG documents by the names of their files. */
    public Map<String, String> svg() {
        Map<Workload, List<Result>> byWorkload = report.results().stream()
                .collect(Collectors.groupingBy(Result::workload, LinkedHashMap::new, Collectors.toList()));
        Map<String, String> charts = new LinkedHashMap<>();
        byWorkload.forEach((workload, results) -> charts.put(
                workload.key() + ".svg",
                (workload.measure().isOfThroughput() ? throughput(workload, results) : delays(workload, results))
                        .svg()));
        return charts;
    }

    private BarChart throughput(Workload workload, List<Result> results) {
        return new BarChart(
                title(workload) + ": writes/s",
                results.stream()
                        .map(result -> bar(result, "", Result::writesPerSecond))
                        .toList());
    }

    private BarChart delays(Workload workload, List<Result> results) {
        return new BarChart(
                title(workload) + ": milliseconds",
                results.stream()
                        .flatMap(result -> Stream.of(50.0, 99.0)
                                .map(percentile -> bar(result, ", p" + percentile.intValue(), delay(percentile))))
                        .toList());
    }

    private static ToDoubleFunction<Result> delay(double percentile) {
        return result -> result.latencies().getValueAtPercentile(percentile) / 1e3;
    }

    private BarChart.Bar bar(Result result, String suffix, ToDoubleFunction<Result> value) {
        return new BarChart.Bar(
                result.contender() + suffix,
                value.applyAsDouble(result),
                result.contender().equals(report.subject()));
    }

    private static String title(Workload workload) {
        return workload.label() + ", " + workload.keys().label();
    }
}
