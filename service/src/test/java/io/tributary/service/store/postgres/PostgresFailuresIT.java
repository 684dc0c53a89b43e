package io.tributary.service.store.postgres;

import static io.tributary.service.store.Batches.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.Batches;
import io.tributary.service.store.Commit;
import io.tributary.service.store.IdempotencyKey;
import io.tributary.service.store.LaneHolder;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Receipt;
import io.tributary.service.store.Session;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.StoreException.Kind;
import io.tributary.service.store.postgres.Connections.Limits;
import io.tributary.value.MapValue;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What callers learn when PostgreSQL refuses, is slow, or goes away. */
class PostgresFailuresIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    private PostgresSettings settings;
    private PostgresStore store;
    private Session session;
    private LaneState lane;

    @BeforeEach
    void takeALaneOver() throws SQLException {
        settings = PostgresServer.freshSchema();
        new PostgresSchema(settings).prepare(2);
        store = new PostgresStore(settings);
        session = store.session("under test");
        lane = session.takeOver(1, "a").block(LONGEST);
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Test
    void limitsHowLongASessionCanHoldALane() {
        var connections = new Connections(settings);
        Map<String, String> session = connections
                .line("a", Limits.WRITING)
                .use(wire -> wire.rows(
                        "select name, setting from pg_settings",
                        row -> Map.entry(
                                Objects.requireNonNull(row.get("name", String.class)),
                                Objects.requireNonNullElse(row.get("setting", String.class), ""))))
                .block(LONGEST)
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        connections.close().block(LONGEST);

        assertThat(session)
                .contains(
                        entry("synchronous_commit", "on"),
                        entry("default_transaction_isolation", "read committed"),
                        entry("transaction_timeout", "5000"),
                        entry("statement_timeout", "4000"),
                        entry("lock_timeout", "2000"),
                        entry("idle_in_transaction_session_timeout", "2000"),
                        entry("application_name", "tributary a"));
    }

    @Test
    void refusesAValueThatPostgresCannotKeep() {
        DocumentState state =
                new DocumentState(DocumentName.of("p/1"), 1, MapValue.EMPTY, new Lifetime(NOW, NOW, NOW, "a\0b", null));

        StoreException failure =
                failure(session.commit(Batches.of(List.of(next(lane, 1)), Commit.Row.of(1, 0, false, state))));

        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure).as("servers quote values").hasNoCause();
        assertThat(session.lanes(Set.of(1)).block(LONGEST)).containsEntry(1, lane);
    }

    @Test
    void cannotRememberWithoutAPartition() {
        var outcome = new Commit.Remembered(
                1, IdempotencyKey.ofDocument(1, DocumentName.of("p/1"), "id"), new byte[1], new byte[1], NOW);

        StoreException failure = failure(
                session.commit(new Commit(UUID.randomUUID(), List.of(next(lane, 0)), List.of(), List.of(outcome))));

        assertThat(failure.kind()).isEqualTo(Kind.AWAY);
    }

    @Test
    void givesUpWaitingForALane() throws SQLException {
        try (LaneHolder holder = hold(1)) {
            StoreException failure = failure(session.takeOver(1, "b"));

            assertThat(failure.kind()).isEqualTo(Kind.NOT_APPLIED);
            assertThat(holder).isNotNull();
        }
        assertThat(session.takeOver(1, "b").block(LONGEST).epoch()).isEqualTo(lane.epoch() + 1);
    }

    @Test
    void doesNotKnowWhatBecameOfACommitWhoseConnectionBroke() throws Exception {
        CompletableFuture<LaneState> takenOver;

        try (LaneHolder holder = hold(1)) {
            takenOver = session.takeOver(1, "b").toFuture();
            Awaitility.await().until(holder::isWaitedFor);
            terminateSessions();
        }

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> takenOver.get(LONGEST.toSeconds(), TimeUnit.SECONDS))
                .havingCause()
                .isInstanceOfSatisfying(
                        StoreException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN));
    }

    @Test
    void wroteNothingWhenTheConnectionBrokeBeforeTheCommit() {
        StoreException failure = failure(session.commitLocked(Map.of(1, lane.epoch()), List.of(), List.of(), locked -> {
            terminateSessions();
            return Batches.of(next(lane, 1));
        }));

        assertThat(failure.kind()).isEqualTo(Kind.AWAY);
        assertThat(session.lanes(Set.of(1)).block(LONGEST)).containsEntry(1, lane);
    }

    @Test
    void connectsAgainAfterItsConnectionWasClosed() {
        terminateSessions();

        Awaitility.await()
                .ignoreExceptionsInstanceOf(StoreException.class)
                .untilAsserted(() -> assertThat(
                                session.commit(Batches.of(next(lane, 1))).block(LONGEST))
                        .isEqualTo(new Receipt(Set.of(1), Set.of(1))));
    }

    @Test
    void isAwayWhenNobodyListens() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var nowhere = new PostgresStore(
                new PostgresSettings("r2dbc:postgresql://127.0.0.1:" + free + "/none", "a", "b", "c"));

        assertThat(failure(nowhere.ping()).kind()).isEqualTo(Kind.AWAY);
        assertThat(failure(nowhere.session("a").takeOver(1, "a")).kind()).isEqualTo(Kind.AWAY);
        nowhere.close().block(LONGEST);
    }

    @Test
    void readsOnAfterManyReadersHaveLeft() {
        IntStream.range(0, 500)
                .forEach(i ->
                        store.document(DocumentName.of("p/" + i)).subscribe().dispose());

        Awaitility.await()
                .ignoreExceptionsInstanceOf(StoreException.class)
                .untilAsserted(() -> assertThat(store.document(DocumentName.of("p/1"))
                                .block(LONGEST)
                                .exists())
                        .isFalse());
        assertThat(openReaders()).isBetween(1, 8);
    }

    private LaneHolder hold(int number) throws SQLException {
        return new LaneLockedByTransaction(PostgresServer.connect(settings), number);
    }

    private int openReaders() {
        return number("select count(*) from pg_stat_activity"
                + " where application_name like 'tributary reader%' and datname = current_database()");
    }

    private void terminateSessions() {
        number("select count(pg_terminate_backend(pid, 10000)) from pg_stat_activity"
                + " where application_name = 'tributary under test'");
    }

    private int number(String sql) {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StoreException failure(Mono<?> statement) {
        try {
            throw new AssertionError("expected a failure, got " + statement.block(LONGEST));
        } catch (StoreException e) {
            return e;
        }
    }
}
