package io.tributary.load;

import io.tributary.load.generator.ClosedLoop;
import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Load;
import io.tributary.load.generator.Script;
import io.tributary.load.report.Report;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
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

    /** Makes all measurements. */
    Report run(Tributary tributary, PlainHandler plainHandler) {
        MeasuredServer service = new MeasuredServer(tributary, tributary.postgres(), corpus);
        MeasuredServer peer = new MeasuredServer(plainHandler, tributary.postgres(), corpus);
        for (MeasuredServer server : List.of(service, peer)) {
            log.info(
                    "Creating {} documents for {}",
                    corpus.size() + 1,
                    server.contender().name());
            server.fill();
        }
        try (ClosedLoop callers = new ClosedLoop(settings.connections())) {
            List<MeasuredServer> both = List.of(service, peer);
            Duration warmUp = settings.timing().warmUp();
            overHttp(Workload.HTTP_UNIFORM, Script.uniform(corpus), warmUp, both, callers);
            overHttp(Workload.HTTP_HOT, Script.hot(corpus), warmUp.dividedBy(2), both, callers);
        }
        overKafka(service, tributary);
        return new Report(trials, plainHandler.name(), Conditions.of(settings, tributary.postgres(), SEED));
    }

    private void overHttp(
            Workload workload, Script script, Duration warmUp, List<MeasuredServer> servers, ClosedLoop callers) {
        Function<Duration, Function<MeasuredServer, Trial>> run = length -> server ->
                server.measure(workload, () -> callers.drive(server.contender().address(), script, random, length));
        servers.forEach(server -> tell("warm-up", run.apply(warmUp).apply(server)));
        for (int repetition = 1; repetition <= settings.timing().repetitions(); repetition++) {
            for (MeasuredServer server : servers) {
                keep(repetition, run.apply(settings.timing().window()).apply(server));
            }
        }
    }

    private void overKafka(MeasuredServer service, Tributary tributary) {
        Function<Integer, Load> run = records -> tributary.updates().increment(corpus, records, random);
        tell("warm-up", service.measure(Workload.KAFKA_UNIFORM, () -> run.apply(settings.records() / 3 + 1)));
        for (int repetition = 1; repetition <= settings.timing().repetitions(); repetition++) {
            keep(repetition, service.measure(Workload.KAFKA_UNIFORM, () -> run.apply(settings.records())));
        }
    }

    private void keep(int repetition, Trial trial) {
        trials.add(trial);
        tell(repetition + " of " + settings.timing().repetitions(), trial);
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
