package io.tributary.load.report;

import java.util.List;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * What the repetitions of one workload on one server come to.
 *
 * @param trials at least one
 */
record Result(List<Trial> trials) {

    Workload workload() {
        return trials.getFirst().workload();
    }

    String server() {
        return trials.getFirst().server();
    }

    /** The median; of an even number of repetitions the mean of the middle two. */
    double writesPerSecond() {
        double[] rates = rates();
        int middle = rates.length / 2;
        return rates.length % 2 == 1 ? rates[middle] : (rates[middle - 1] + rates[middle]) / 2;
    }

    double slowest() {
        return rates()[0];
    }

    double fastest() {
        return rates()[rates().length - 1];
    }

    private double[] rates() {
        return trials.stream()
                .mapToDouble(trial -> trial.load().writesPerSecond())
                .sorted()
                .toArray();
    }

    /** The latencies of all repetitions, in microseconds. */
    Histogram latencies() {
        Histogram all = trials.getFirst().load().latencies().copy();
        trials.stream().skip(1).forEach(trial -> all.add(trial.load().latencies()));
        return all;
    }

    long failures() {
        return total(trial -> trial.load().answers().failures());
    }

    /** The CPU time of the server's process, without PostgreSQL's, in microseconds. */
    double serverMicrosPerWrite() {
        return total(trial -> trial.serverCpu().toNanos())
                / 1e3
                / Math.max(1, total(trial -> trial.load().answers().applied()));
    }

    /** How many cores the generator was using. */
    double generatorCores() {
        return (double) total(trial -> trial.load().generatorCpu().toNanos())
                / Math.max(1, total(trial -> trial.load().elapsed().toNanos()));
    }

    private long total(ToLongFunction<Trial> of) {
        return trials.stream().mapToLong(of).sum();
    }
}
