package io.tributary.service.store.postgres;

import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Opens connections, each with the settings that its use needs. */
final class Connections {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final PostgresSettings settings;
    private final LoopResources loops;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();

    Connections(PostgresSettings settings) {
        this.settings = settings;
        // Without colocation: with it, all connections that one event loop opens stay on that loop.
        int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
        this.loops = LoopResources.create("postgres", LoopResources.DEFAULT_IO_SELECT_COUNT, threads, true, false);
    }

    /**
     * A line for reads of documents. They all have an index that fits; a plan that is prepared while the table is small
     * would else read whole collections when it has grown.
     */
    Line reader(String name) {
        return line(name, Limits.READING, Map.of("enable_seqscan", "off", "enable_bitmapscan", "off"));
    }

    /** @param name tells the session apart in {@code pg_stat_activity} */
    Line line(String name, Limits limits) {
        return line(name, limits, Map.of());
    }

    private Line line(String name, Limits limits, Map<String, String> more) {
        var factory = new PostgresqlConnectionFactory(PostgresqlConnectionFactoryProvider.builder(settings.options())
                .applicationName("tributary " + name)
                .schema(settings.schema())
                .timeZone(TimeZone.getTimeZone("UTC"))
                .connectTimeout(CONNECT_TIMEOUT)
                .tcpKeepAlive(true)
                .tcpNoDelay(true)
                .loopResources(loops)
                .options(sessionSettings(limits, more))
                .forceBinary(true)
                .fetchSize(0)
                .codecRegistrar((connection, allocator, registry) ->
                        Mono.fromRunnable(() -> registry.addFirst(new SqlArrayCodec())))
                .build());
        Duration patience = limits.longest().plus(GRACE);
        Line line = new Line(
                factory.create()
                        .timeout(CONNECT_TIMEOUT.plus(GRACE))
                        .map(connection -> new Wire(connection, patience))
                        .onErrorMap(Failures::connecting),
                lines::remove);
        lines.add(line);
        return line;
    }

    /** Closes all lines, and then the threads that served them. */
    Mono<Void> close() {
        return Flux.fromIterable(List.copyOf(lines))
                .concatMap(line -> line.close().onErrorComplete())
                .then(loops.disposeLater(Duration.ZERO, GRACE));
    }

    private static Map<String, String> sessionSettings(Limits limits, Map<String, String> more) {
        Map<String, String> session = new HashMap<>(more);
        session.put("default_transaction_isolation", "read committed");
        session.put("synchronous_commit", "on");
        session.put("jit", "off");
        session.put("tcp_user_timeout", millis(limits.longest()));
        session.put("transaction_timeout", millis(limits.transaction()));
        session.put("statement_timeout", millis(limits.statement()));
        session.put("lock_timeout", millis(limits.lock()));
        session.put("idle_in_transaction_session_timeout", millis(limits.idleInTransaction()));
        return session;
    }

    private static String millis(Duration limit) {
        return String.valueOf(limit.toMillis());
    }

    /**
     * What the server allows a session; zero for no limit. A client that is paused or cut off would hold its locks without
     * them: only {@code transaction_timeout} ends a statement whose client does not take the answer.
     */
    record Limits(Duration transaction, Duration statement, Duration lock, Duration idleInTransaction) {

        static final Limits WRITING =
                new Limits(Duration.ofSeconds(5), Duration.ofSeconds(4), Duration.ofSeconds(2), Duration.ofSeconds(2));
        static final Limits READING = WRITING;
        static final Limits TENDING =
                new Limits(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(2));

        Duration longest() {
            return transaction.compareTo(statement) > 0 ? transaction : statement;
        }
    }
}
