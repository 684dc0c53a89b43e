package io.tributary.load;

import io.tributary.load.generator.Corpus;
import io.tributary.load.generator.Load;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
import io.tributary.load.server.Contender;
import io.tributary.load.server.PostgresServer;
import java.time.Duration;
import java.util.function.Function;

/** A contender that has to account for every write, after each run. */
final class MeasuredServer {

    private final Contender contender;
    private final PostgresServer postgres;
    private final Corpus corpus;
    private final Ledger ledger = new Ledger();

    MeasuredServer(Contender contender, PostgresServer postgres, Corpus corpus) {
        this.contender = contender;
        this.postgres = postgres;
        this.corpus = corpus;
    }

    String name() {
        return contender.name();
    }

    /** Creates the documents. */
    void fill() {
        contender.fill(corpus);
        ledger.verify(contender.sum(corpus));
    }

    /**
     * Makes a run of increments and verifies that none was lost.
     *
     * @throws IllegalStateException when one was lost or doubled
     */
    Trial measure(Workload workload, Function<Contender, Load> run) {
        postgres.checkpoint();
        Duration cpuBefore = contender.cpu();
        Load load = run.apply(contender);
        Duration cpu = contender.cpu().minus(cpuBefore);
        ledger.enter(load.answers());
        ledger.verify(contender.sum(corpus));
        return new Trial(workload, contender.name(), load, cpu);
    }
}
