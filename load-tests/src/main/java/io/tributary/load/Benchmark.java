package io.tributary.load;

import io.tributary.load.contender.Contender;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.Pace;
import io.tributary.load.generator.Traffic;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the measurements: for each workload by turns over all contenders that take part, A B A B. */
final class Benchmark {

    private static final Logger log = LoggerFactory.getLogger(Benchmark.class);

    private final Settings settings;
    private final Lineup lineup;
    private final List<Trial> trials = new ArrayList<>();

    Benchmark(Settings settings, Lineup lineup) {
        this.settings = settings;
        this.lineup = lineup;
    }

    /**
     * Makes all measurements.
     *
     * @throws IllegalStateException when the service lost a write or applied one twice
     */
    List<Trial> run() {
        List<Workload> workloads = settings.selection().workloads();
        for (int i = 0; i < workloads.size(); i++) {
            measure(workloads.get(i));
            lineup.retireAllBut(workloads.subList(i + 1, workloads.size()));
        }
        return trials;
    }

    private void measure(Workload workload) {
        lineup.start(workload);
        Extent warmUp = workload == Workload.HOT ? Extent.warmUp(settings).half() : Extent.warmUp(settings);
        lineup.byTurns(workload, contender -> tell("warm-up", measure(workload, contender, warmUp)));
        int repetitions = settings.timing().repetitions();
        for (int i = 1; i <= repetitions; i++) {
            String which = i + " of " + repetitions;
            lineup.byTurns(workload, contender -> {
                Trial trial = measure(workload, contender, Extent.repetition(settings));
                trials.add(trial);
                tell(which, trial);
            });
        }
    }

    private Trial measure(Workload workload, MeasuredContender contender, Extent extent) {
        return contender.measure(workload, driven -> drive(driven, workload, extent));
    }

    private Load drive(Contender contender, Workload workload, Extent extent) {
        return switch (workload.measure()) {
            case THROUGHPUT -> singleWrites(contender, workload, new Pace.AsAnswered(), extent);
            case UNIQUE_APPENDS ->
                contender
                        .uniqueAppends()
                        .orElseThrow()
                        .drive(new Traffic(workload.keys(), new Pace.AsAnswered(), extent.length()));
            case BATCHES_OF_2 -> batches(contender, workload, 2, extent);
            case BATCHES_OF_20 -> batches(contender, workload, 20, extent);
            case JOB ->
                contender
                        .job()
                        .orElseThrow()
                        .drive(new Traffic(workload.keys(), new Pace.AsAnswered(), extent.length()));
            case BULK ->
                contender
                        .bulk()
                        .orElseThrow()
                        .drive(new Traffic(workload.keys(), new Pace.AsAnswered(), extent.length()));
            case STREAM -> contender.stream().orElseThrow().increment(workload.keys(), extent.records());
            case LATENCY -> singleWrites(contender, workload, fixedRate(), extent);
            case LAG ->
                contender
                        .changelog()
                        .orElseThrow()
                        .during(() -> singleWrites(contender, workload, fixedRate(), extent));
        };
    }

    private static Load singleWrites(Contender contender, Workload workload, Pace pace, Extent extent) {
        return contender.singleWrites().orElseThrow().drive(new Traffic(workload.keys(), pace, extent.length()));
    }

    private static Load batches(Contender contender, Workload workload, int writes, Extent extent) {
        return contender
                .batches(writes)
                .orElseThrow()
                .drive(new Traffic(workload.keys(), new Pace.AsAnswered(), extent.length()));
    }

    private Pace fixedRate() {
        return new Pace.AtRate(settings.volume().rate());
    }

    private static void tell(String which, Trial trial) {
        log.info(
                "{}, {}, {}, {}: {} writes/s",
                trial.workload().label(),
                trial.workload().keys().label(),
                trial.contender(),
                which,
                Math.round(trial.load().writesPerSecond()));
    }

    /** How much of a workload is done at a time. */
    private record Extent(Duration length, int records) {

        static Extent warmUp(Settings settings) {
            return new Extent(settings.timing().warmUp(), settings.volume().records() / 3 + 1);
        }

        static Extent repetition(Settings settings) {
            return new Extent(settings.timing().window(), settings.volume().records());
        }

        Extent half() {
            return new Extent(length.dividedBy(2), records / 2 + 1);
        }
    }
}
