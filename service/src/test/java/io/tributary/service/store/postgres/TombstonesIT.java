package io.tributary.service.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.tributary.name.DocumentName;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.embedded.PostgresServer;
import io.tributary.service.store.Batches;
import io.tributary.service.store.Commit;
import io.tributary.service.store.LaneState;
import io.tributary.service.store.Session;
import io.tributary.service.store.Turn;
import io.tributary.value.MapValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TombstonesIT {

    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final Duration KEEP = Duration.ofDays(30);
    private static final int LANE = 1;

    private PostgresSettings settings;
    private PostgresStore store;
    private Session session;
    private LaneState lane;

    @BeforeEach
    void open() throws SQLException {
        settings = PostgresServer.freshSchema();
        new PostgresSchema(settings).prepare(2);
        store = new PostgresStore(settings);
        session = store.session("committer");
        lane = session.takeOver(LANE, "a").block(LONGEST);
    }

    @AfterEach
    void close() {
        store.close().block(LONGEST);
    }

    @Test
    void removesWhatWasDeletedTooLongAgo() throws SQLException {
        commit(deletion("old", 31), deletion("young", 29));

        assertThat(purge()).isEqualTo(1);
        assertThat(ids()).containsExactly("young");
    }

    @Test
    void removesNoDocumentThatExists() throws SQLException {
        commit(creation("old", 0, false, 31));

        assertThat(purge()).isZero();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void removesNoDocumentThatExistsAgain() throws SQLException {
        commit(deletion("old", 31));
        commit(creation("old", 2, true, 31));

        assertThat(purge()).isZero();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void removesAllThatIsDueHoweverMuch() throws SQLException {
        execute(
                "insert into documents (database, collection, id, version, previous, committed_at, created_at, updated_at,"
                        + " deleted, deleted_at) select 'default', 'products', 'p' || n, 2, 1, t, t, t, true, t"
                        + " from generate_series(1, 1200) n, (select now() - interval '31 days' as t) old");

        assertThat(purge()).isEqualTo(1_200);
        assertThat(ids()).isEmpty();
    }

    @Test
    void removesNothingWhenAllIsKept() throws SQLException {
        commit(deletion("old", 31));

        assertThat(store.tombstones(null).purge().block(LONGEST)).isZero();
        assertThat(ids()).containsExactly("old");
    }

    @Test
    void waitsForNobodyWhoHasARowLocked() throws SQLException {
        commit(deletion("old", 31), deletion("locked", 31));
        try (Connection other = PostgresServer.connect(settings);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select * from documents where id = 'locked' for update");

            assertThat(purge()).isEqualTo(1);
        }
        assertThat(ids()).containsExactly("locked");
    }

    @Test
    void letsALaneGoOnThatStillRemembersTheTombstone() {
        commit(deletion("old", 31));
        purge();
        commit(creation("old", 2, true, 0));

        assertThat(version("old")).isEqualTo(3);
    }

    @Test
    void letsALaneBeginAnewThatHasForgottenIt() {
        commit(deletion("old", 31));
        purge();
        commit(creation("old", 0, false, 0));

        assertThat(version("old")).isEqualTo(1);
    }

    @Test
    void letsACommitGoOnThatHasWaitedForThePurge() throws Exception {
        commit(deletion("old", 31));
        CompletableFuture<?> waiting;
        try (Connection purging = PostgresServer.connect(settings);
                Statement statement = purging.createStatement()) {
            purging.setAutoCommit(false);
            statement.execute("delete from documents where id = 'old'");
            waiting = session.commit(next(creation("old", 2, true, 0))).toFuture();
            Awaitility.await().until(this::somebodyWaits);
            purging.commit();
        }
        waiting.get(LONGEST.toSeconds(), TimeUnit.SECONDS);

        assertThat(version("old")).isEqualTo(3);
    }

    /** A row that only gets a new version stays in its page, and no index is written. */
    @Test
    void changesNoIndexWithAnExistingDocument() throws SQLException {
        commit(creation("p1", 0, false, 0));

        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "update documents set version = 2, previous = 1, committed_at = now(), deleted_at = null");

            assertThat(first(statement, "select pg_stat_get_xact_tuples_hot_updated('documents'::regclass)"))
                    .isEqualTo("1");
        }
    }

    private long purge() {
        return store.tombstones(KEEP).purge().block(LONGEST);
    }

    private void commit(Commit.Row... rows) {
        session.commit(next(rows)).block(LONGEST);
    }

    private Commit next(Commit.Row... rows) {
        Turn turn = Batches.next(lane, 0);
        lane = Batches.after(lane, turn);
        return Batches.of(List.of(turn), rows);
    }

    private static Commit.Row deletion(String id, int daysAgo) {
        return Commit.Row.of(LANE, 0, false, state(id, 2, null, daysAgo));
    }

    private static Commit.Row creation(String id, long previous, boolean ofTombstone, int daysAgo) {
        return Commit.Row.of(LANE, previous, ofTombstone, state(id, previous + 1, MapValue.EMPTY, daysAgo));
    }

    private static DocumentState state(String id, long version, @Nullable MapValue data, int daysAgo) {
        Instant time = Instant.now().truncatedTo(ChronoUnit.MICROS).minus(Duration.ofDays(daysAgo));
        return new DocumentState(name(id), version, data, new Lifetime(time, time, time, null, null));
    }

    private static DocumentName name(String id) {
        return DocumentName.of("products/" + id);
    }

    private long version(String id) {
        return store.document(name(id)).block(LONGEST).version();
    }

    private boolean somebodyWaits() throws SQLException {
        return ask("select exists (select from pg_locks where not granted)").equals("t");
    }

    private List<String> ids() throws SQLException {
        String all = ask("select coalesce(string_agg(id, ',' order by id), '') from documents");
        return all.isEmpty() ? List.of() : List.of(all.split(","));
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String ask(String sql) throws SQLException {
        try (Connection connection = PostgresServer.connect(settings);
                Statement statement = connection.createStatement()) {
            return first(statement, sql);
        }
    }

    private static String first(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getString(1);
        }
    }
}
