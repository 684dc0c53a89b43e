package io.tributary.load;

import io.tributary.load.contender.Contender;
import io.tributary.load.generator.Load;
import io.tributary.load.measure.Memory;
import io.tributary.load.measure.ServerMeter;
import io.tributary.load.report.Trial;
import io.tributary.load.report.Workload;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.util.function.Function;

/** A contender that has to account for every write, after each run. */
final class MeasuredContender implements AutoCloseable {

    private final Contender contender;
    private final ServerMeter meter;
    private final Ledger ledger = new Ledger();

    MeasuredContender(Contender contender) {
        this.contender = contender;
        this.meter = new ServerMeter(new ServerMeter.Servers(
                contender.process().map(ServerProcess::handle),
                contender.postgres().flatMap(PostgresServer::postmaster),
                contender.kafka().map(ServerProcess::handle)));
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
        ServerMeter.Metered<Load> done = meter.during(() -> run.apply(contender));
        ledger.enter(done.result().answers());
        verify();
        return new Trial(workload, name(), done.result(), done.usage());
    }

    private void verify() {
        contender.sum().ifPresent(ledger::verify);
    }

    /** The most memory that its servers had so far. */
    Memory memory() {
        return meter.memory();
    }

    @Override
    public void close() {
        contender.close();
    }
}
