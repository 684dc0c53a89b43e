package io.tributary.load.report;

import io.tributary.load.measure.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;

/**
 * What the repetitions of one workload on one contender come to.
 *
 * @param trials at least one
 */
record Result(List<Trial> trials) {

    Workload workload() {
        return trials.getFirst().workload();
    }

    String contender() {
        return trials.getFirst().contender();
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

    /** CPU seconds of the contender's own process for 10 000 writes; nothing where it has none. */
    OptionalDouble serviceCpu() {
        return cpuPerTenThousand(Usage::service);
    }

    /** CPU seconds of its PostgreSQL server for 10 000 writes; nothing where it has none. */
    OptionalDouble postgresCpu() {
        return cpuPerTenThousand(Usage::postgres);
    }

    /** CPU seconds of its Kafka broker for 10 000 writes; nothing where it has none, or one inside its own process. */
    OptionalDouble kafkaCpu() {
        return cpuPerTenThousand(Usage::kafka);
    }

    private OptionalDouble cpuPerTenThousand(Function<Usage, Optional<Duration>> part) {
        long writes = total(trial -> trial.load().answers().applied());
        return writes == 0 || part.apply(trials.getFirst().usage()).isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(total(trial ->
                                part.apply(trial.usage()).map(Duration::toNanos).orElse(0L))
                        / 1e9
                        * 10_000
                        / writes);
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
