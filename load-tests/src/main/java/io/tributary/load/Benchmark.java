package io.tributary.load;

import io.tributary.load.generator.ClosedLoop;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.Script;
import io.tributary.load.generator.UpdatesProducer;
import io.tributary.load.report.Report;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
import io.tributary.load.server.Contender;
import io.tributary.load.server.PlainHandler;
import io.tributary.load.server.Tributary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the service and the plain handler in one run on one PostgreSQL, turn by turn, with the same generator.
 *
 * <p>Both are started and filled first, and stay until the end; while one is measured, the other has nothing to do.
 */
final class Benchmark {

    private static final Logger log = LoggerFactory.getLogger(Benchmark.class);
    private static final long SEED = 20_260_721;

    private final Settings settings;
    private final Corpus corpus;
    private final Random random = new Random(SEED);
    private final List<Trial> trials = new ArrayList<>();

    Benchmark(Settings settings, Corpus corpus) {
        this.settings = settings;
        this.corpus = corpus;
    }

    /**
     * Makes all measurements.
     *
     * @throws IllegalStateException when a write was lost or applied twice
     */
    Report run(Tributary tributary, PlainHandler plainHandler) {
        MeasuredServer service = new MeasuredServer(tributary, tributary.postgres(), corpus);
        MeasuredServer peer = new MeasuredServer(plainHandler, tributary.postgres(), corpus);
        for (MeasuredServer server : List.of(service, peer)) {
            log.info("Creating {} documents for {}", corpus.size() + 1, server.name());
            server.fill();
        }
        try (ClosedLoop callers = new ClosedLoop(settings.connections())) {
            Duration warmUp = settings.timing().warmUp();
            Duration window = settings.timing().window();
            Script uniform = Script.uniform(corpus);
            Script hot = Script.hot(corpus);
            List<MeasuredServer> both = List.of(service, peer);
            byTurns(Workload.HTTP_UNIFORM, both, http(callers, uniform, warmUp), http(callers, uniform, window));
            byTurns(Workload.HTTP_HOT, both, http(callers, hot, warmUp.dividedBy(2)), http(callers, hot, window));
        }
        UpdatesProducer updates = tributary.updates();
        int records = settings.records();
        byTurns(Workload.KAFKA_UNIFORM, List.of(service), kafka(updates, records / 3 + 1), kafka(updates, records));
        return new Report(trials, plainHandler.name(), Conditions.of(settings, tributary.postgres(), SEED));
    }

    private Function<Contender, Load> http(ClosedLoop callers, Script script, Duration length) {
        return contender -> callers.drive(contender.address(), script, random, length);
    }

    private Function<Contender, Load> kafka(UpdatesProducer updates, int records) {
        return contender -> updates.increment(corpus, records, random);
    }

    /** Warms all servers up, then gives each its repetitions, A B A B. */
    private void byTurns(
            Workload workload,
            List<MeasuredServer> servers,
            Function<Contender, Load> warmUp,
            Function<Contender, Load> repetition) {
        servers.forEach(server -> tell("warm-up", server.measure(workload, warmUp)));
        int repetitions = settings.timing().repetitions();
        for (int i = 1; i <= repetitions; i++) {
            for (MeasuredServer server : servers) {
                Trial trial = server.measure(workload, repetition);
                trials.add(trial);
                tell(i + " of " + repetitions, trial);
            }
        }
    }

    private static void tell(String which, Trial trial) {
        log.info(
                "{}, {}, {}: {} writes/s",
                trial.workload().label(),
                trial.server(),
                which,
                Math.round(trial.load().writesPerSecond()));
    }
}
