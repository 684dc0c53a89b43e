package io.tributary.load.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A benchmark's outcome as people and programs read it.
 *
 * @param trials in the order in which they were made; those of one workload on one server are its repetitions
 * @param baseline the server that others are compared with
 * @param conditions what the figures hold for, by what they are about
 */
public record Report(List<Trial> trials, String baseline, Map<String, String> conditions) {

    private static final String NOTHING = "–";

    /** A table of medians, and below it the conditions. */
    public String markdown() {
        List<Result> results = results();
        String rows = results.stream().map(result -> row(result, results)).collect(Collectors.joining());
        String notes = conditions.entrySet().stream()
                .map(condition -> "- " + condition.getKey() + ": " + condition.getValue() + "\n")
                .collect(Collectors.joining());
        return """
                | workload | server | writes/s | slowest to fastest | × %s | p50 ms | p99 ms | failures | server CPU µs/write | generator cores |
                |---|---|--:|--:|--:|--:|--:|--:|--:|--:|
                %s
                %s""".formatted(baseline, rows, notes);
    }

    /** A line for each trial, with a line of names before them. */
    public String csv() {
        return IntStream.range(0, trials.size())
                .mapToObj(this::line)
                .collect(Collectors.joining(
                        "",
                        "workload,server,repetition,seconds,applied,refused,undecided,writes_per_second,p50_us,p99_us,"
                                + "server_cpu_seconds,generator_cpu_seconds\n",
                        ""));
    }

    private List<Result> results() {
        record Key(Workload workload, String server) {}
        return trials.stream()
                .collect(Collectors.groupingBy(
                        trial -> new Key(trial.workload(), trial.server()), LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(Result::new)
                .toList();
    }

    private String row(Result result, List<Result> all) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,.0f | %,.0f to %,.0f | %s | %s | %s | %d | %.0f | %.2f |\n",
                result.workload().label(),
                result.server(),
                result.writesPerSecond(),
                result.slowest(),
                result.fastest(),
                ratio(result, all),
                millis(result.latencies(), 50),
                millis(result.latencies(), 99),
                result.failures(),
                result.serverMicrosPerWrite(),
                result.generatorCores());
    }

    private String ratio(Result result, List<Result> all) {
        return all.stream()
                .filter(other -> other.server().equals(baseline)
                        && other.workload() == result.workload().comparedWith())
                .findFirst()
                .map(base -> String.format(Locale.ROOT, "%.2f", result.writesPerSecond() / base.writesPerSecond()))
                .orElse(NOTHING);
    }

    private static String millis(Histogram latencies, double percentile) {
        return latencies.getTotalCount() == 0
                ? NOTHING
                : String.format(Locale.ROOT, "%.1f", latencies.getValueAtPercentile(percentile) / 1e3);
    }

    private String line(int index) {
        Trial trial = trials.get(index);
        long repetition = 1
                + trials.stream()
                        .limit(index)
                        .filter(earlier -> earlier.workload() == trial.workload()
                                && earlier.server().equals(trial.server()))
                        .count();
        Histogram latencies = trial.load().latencies();
        return String.format(
                Locale.ROOT,
                "%s,%s,%d,%.3f,%d,%d,%d,%.1f,%d,%d,%.2f,%.2f\n",
                trial.workload().name().toLowerCase(Locale.ROOT),
                trial.server(),
                repetition,
                trial.load().elapsed().toNanos() / (double) TimeUnit.SECONDS.toNanos(1),
                trial.load().answers().applied(),
                trial.load().answers().refused(),
                trial.load().answers().undecided(),
                trial.load().writesPerSecond(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                trial.serverCpu().toMillis() / 1e3,
                trial.load().generatorCpu().toMillis() / 1e3);
    }
}
