package io.tributary.load.server;

import io.tributary.load.generator.Corpus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The usual way to write it: WebFlux, R2DBC, a transaction for each request. */
public final class PlainHandler implements Contender {

    private static final String DATABASE = "plain_handler";
    private static final String MAIN_CLASS = "io.tributary.load.peer.PlainHandlerApplication";
    private static final Pattern PORT = Pattern.compile("Netty started on port (\\d+)");

    private final PostgresServer postgres;
    private final JavaProcess process;
    private final int port;

    private PlainHandler(PostgresServer postgres, JavaProcess process, int port) {
        this.postgres = postgres;
        this.process = process;
        this.port = port;
    }

    /** Starts it on a fresh database. */
    public static PlainHandler start(PostgresServer server, String heap, Path log) {
        server.execute(
                "drop database if exists " + DATABASE + " with (force)",
                "create database " + DATABASE + " template template0");
        PostgresServer own = server.with(DATABASE);
        JavaProcess process = JavaProcess.start(
                new JavaCommand(
                        System.getProperty("java.class.path"),
                        MAIN_CLASS,
                        heap,
                        Map.of(
                                "SERVER_PORT", "0",
                                "SPRING_R2DBC_URL", own.r2dbcUrl(),
                                "SPRING_R2DBC_USERNAME", own.username(),
                                "SPRING_R2DBC_PASSWORD", own.password())),
                log);
        MatchResult started = process.printed(PORT);
        return new PlainHandler(own, process, Integer.parseInt(started.group(1)));
    }

    @Override
    public String name() {
        return "plain handler";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void fill(Corpus corpus) {
        postgres.executeWithArrays(
                "insert into documents (name, data) select name, data::jsonb from unnest(?, ?) as d(name, data)",
                corpus.names().toArray(String[]::new),
                corpus.indexes().mapToObj(Corpus::data).toArray(String[]::new));
        postgres.analyse();
    }

    @Override
    public long sum(Corpus corpus) {
        return Long.parseLong(postgres.query(
                "select sum((data ->> 'n')::bigint) from documents where name like ?", corpus.collection() + "/%"));
    }

    @Override
    public Duration cpu() {
        return process.cpu();
    }

    @Override
    public void close() {
        process.close();
    }
}
