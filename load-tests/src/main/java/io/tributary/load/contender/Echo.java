package io.tributary.load.contender;

import io.tributary.load.generator.LoadGenerator;
import io.tributary.load.generator.http.Requests;
import io.tributary.load.server.PostgresServer;
import io.tributary.load.server.ServerProcess;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** WebFlux that answers each request with its body and keeps nothing: the limit of HTTP here. Driven over HTTP. */
final class Echo implements Contender {

    private static final String MAIN_CLASS = "io.tributary.load.peer.echo.EchoApplication";

    private final ServerProcess process;
    private final LoadGenerator singleWrites;

    private Echo(ServerProcess process, LoadGenerator singleWrites) {
        this.process = process;
        this.singleWrites = singleWrites;
    }

    static Echo start(Testbed testbed) {
        ServerProcess process = testbed.jvm().start(MAIN_CLASS, Map.of("SERVER_PORT", "0"), testbed.log("echo"));
        return new Echo(
                process, testbed.callers().towards(SpringBoot.address(process), Requests.patching(testbed.corpus())));
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public void fill() {
        // It has no documents.
    }

    @Override
    public OptionalLong sum() {
        return OptionalLong.empty();
    }

    @Override
    public Optional<LoadGenerator> singleWrites() {
        return Optional.of(singleWrites);
    }

    @Override
    public Optional<ServerProcess> process() {
        return Optional.of(process);
    }

    @Override
    public Optional<PostgresServer> postgres() {
        return Optional.empty();
    }

    @Override
    public void close() {
        process.close();
    }
}
