package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.http.Requests;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The usual way to write it: WebFlux, R2DBC, a transaction for each request. Driven over HTTP. */
final class PlainHandler implements Contender {

    private static final String MAIN_CLASS = "io.tributary.load.peer.plain.PlainHandlerApplication";

    private final DocumentTables tables;
    private final ServerProcess process;
    private final Testbed testbed;
    private final LoadGenerator singleWrites;

    private PlainHandler(DocumentTables tables, ServerProcess process, Testbed testbed) {
        this.tables = tables;
        this.process = process;
        this.testbed = testbed;
        this.singleWrites = testbed.callers().towards(SpringBoot.address(process), Requests.patching(testbed.corpus()));
    }

    static PlainHandler start(Testbed testbed) {
        DocumentTables tables = DocumentTables.create(testbed.postgres(), "plain_handler", testbed.corpus());
        PostgresServer database = tables.database();
        ServerProcess process = testbed.jvm()
                .start(
                        MAIN_CLASS,
                        Map.of(
                                "SERVER_PORT", "0",
                                "SPRING_R2DBC_URL", database.r2dbcUrl(),
                                "SPRING_R2DBC_USERNAME", database.username(),
                                "SPRING_R2DBC_PASSWORD", database.password()),
                        testbed.log("plain-handler"));
        return new PlainHandler(tables, process, testbed);
    }

    @Override
    public String name() {
        return "plain handler";
    }

    @Override
    public void fill() {
        tables.fill();
    }

    @Override
    public OptionalLong sum() {
        return tables.sum();
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.of(singleWrites);
    }

    @Override
    public Optional<LoadGenerator> batches(int writes) {
        return Optional.of(
                testbed.callers().towards(SpringBoot.address(process), Requests.batches(testbed.corpus(), writes)));
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(process);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.of(tables.database());
    }

    @Override
    public void close() {
        process.close();
    }
}
