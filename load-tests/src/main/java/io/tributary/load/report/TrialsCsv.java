package io.tributary.load.report;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * A benchmark's outcome as programs read it: a line for each trial, with a line of names before them.
 *
 * @param trials in the order in which they were made
 */
public record TrialsCsv(List<Trial> trials) {

    private static final String NAMES = "workload,contender,repetition,seconds,applied,refused,undecided,"
            + "writes_per_second,p50_us,p99_us,p999_us,service_cpu_seconds,postgres_cpu_seconds,kafka_cpu_seconds,generator_cpu_seconds\n";

    public String text() {
        return IntStream.range(0, trials.size()).mapToObj(this::line).collect(Collectors.joining("", NAMES, ""));
    }

    private String line(int index) {
        Trial trial = trials.get(index);
        Histogram latencies = trial.load().latencies();
        return String.format(
                Locale.ROOT,
                "%s,%s,%d,%.3f,%d,%d,%d,%.1f,%d,%d,%d,%s,%s,%s,%.2f\n",
                trial.workload().key(),
                trial.contender(),
                repetition(index),
                trial.load().elapsed().toNanos() / 1e9,
                trial.load().answers().applied(),
                trial.load().answers().refused(),
                trial.load().answers().undecided(),
                trial.load().writesPerSecond(),
                latencies.getValueAtPercentile(50),
                latencies.getValueAtPercentile(99),
                latencies.getValueAtPercentile(99.9),
                seconds(trial.usage().service()),
                seconds(trial.usage().postgres()),
                seconds(trial.usage().kafka()),
                trial.load().generatorCpu().toMillis() / 1e3);
    }

    private long repetition(int index) {
        Trial trial = trials.get(index);
        return 1
                + trials.stream()
                        .limit(index)
                        .filter(earlier -> earlier.workload() == trial.workload()
                                && earlier.contender().equals(trial.contender()))
                        .count();
    }

    /** Empty where it is not known. */
    private static String seconds(Optional<Duration> time) {
        return time.map(each -> String.format(Locale.ROOT, "%.2f", each.toMillis() / 1e3))
                .orElse("");
    }
}
