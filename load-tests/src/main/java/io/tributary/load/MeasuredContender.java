package io.tributary.load;

import io.tributary.load.contender.Contender;
import io.tributary.load.generator.Load;
import io.tributary.load.measure.ProcessCpu;
import io.tributary.load.measure.Usage;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** A contender that has to account for every write, after each run. */
final class MeasuredContender implements AutoCloseable {

    private final Contender contender;
    private final Optional<ProcessCpu> service;
    private final Optional<ProcessCpu> postgres;
    private final Ledger ledger = new Ledger();

    MeasuredContender(Contender contender) {
        this.contender = contender;
        this.service = contender.process().map(ServerProcess::handle).map(ProcessCpu::of);
        this.postgres = contender.postgres().flatMap(PostgresServer::postmaster).map(ProcessCpu::of);
    }

    String name() {
        return contender.name();
    }

    /** Creates the documents. */
    void fill() {
        contender.fill();
        verify();
    }

    /**
     * Makes a run of increments and verifies that none was lost.
     *
     * @throws IllegalStateException when one was lost or doubled
     */
    Trial measure(Workload workload, Function<Contender, Load> run) {
        contender.postgres().ifPresent(PostgresServer::checkpoint);
        Optional<Duration> serviceBefore = service.map(ProcessCpu::own);
        Optional<Duration> postgresBefore = postgres.map(ProcessCpu::ofTree);
        Load load = run.apply(contender);
        Usage usage = new Usage(
                service.map(cpu -> cpu.own().minus(serviceBefore.orElseThrow())),
                postgres.map(cpu -> cpu.ofTree().minus(postgresBefore.orElseThrow())));
        ledger.enter(load.answers());
        verify();
        return new Trial(workload, name(), load, usage);
    }

    private void verify() {
        contender.sum().ifPresent(ledger::verify);
    }

    @Override
    public void close() {
        contender.close();
    }
}
