package io.tributary.load.peer.plain;

import io.r2dbc.postgresql.codec.Json;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Documents in a table, and in another the changes that are to be published. */
final class Documents {

    private static final String LOCK = "select version, data from documents where name = $1 for update";
    private static final String UPDATE =
            "update documents set version = $2, data = $3, updated_at = $4 where name = $1";
    private static final String REMEMBER = "insert into outbox (document, version, change) values ($1, $2, $3)";

    private final DatabaseClient database;
    private final TransactionalOperator transactions;
    private final JsonMapper mapper;

    Documents(DatabaseClient database, TransactionalOperator transactions, JsonMapper mapper) {
        this.database = database;
        this.transactions = transactions;
        this.mapper = mapper;
    }

    /**
     * What an increment did.
     *
     * @param changes the new values by field
     */
    record Change(String document, long version, Instant time, Map<String, Long> changes) {}

    /** @param amounts what to add to which field */
    record Increment(String document, Map<String, Long> amounts) {}

    private record Stored(long version, ObjectNode data) {}

    /** Adds to fields of a document, in one transaction. Emits what changed, after the commit; nothing when it is missing. */
    Mono<Change> increment(String name, Map<String, Long> amounts) {
        return apply(name, amounts).as(transactions::transactional);
    }

    /** Adds to fields of several documents, in one transaction, in the order of their names so that none waits in a circle. */
    Mono<List<Change>> incrementAll(List<Increment> increments) {
        return Flux.fromStream(increments.stream().sorted(Comparator.comparing(Increment::document)))
                .concatMap(increment -> apply(increment.document(), increment.amounts()))
                .collectList()
                .as(transactions::transactional);
    }

    private Mono<Change> apply(String name, Map<String, Long> amounts) {
        return lock(name).flatMap(stored -> {
            Change change = new Change(name, stored.version() + 1, Instant.now(), add(amounts, stored.data()));
            return update(change, stored.data())
                    .then(remember(change, stored.data()))
                    .thenReturn(change);
        });
    }

    private static Map<String, Long> add(Map<String, Long> amounts, ObjectNode data) {
        Map<String, Long> changes = new LinkedHashMap<>();
        amounts.forEach((field, amount) -> {
            long sum = Math.addExact(data.path(field).asLong(), amount);
            data.put(field, sum);
            changes.put(field, sum);
        });
        return changes;
    }

    private Mono<Stored> lock(String name) {
        return database.sql(LOCK).bind(0, name).map(this::stored).one();
    }

    private Stored stored(Readable row) {
        long version = Objects.requireNonNull(row.get("version", Long.class));
        Json data = Objects.requireNonNull(row.get("data", Json.class));
        return new Stored(version, (ObjectNode) mapper.readTree(data.asArray()));
    }

    private Mono<Long> update(Change change, ObjectNode data) {
        return database.sql(UPDATE)
                .bind(0, change.document())
                .bind(1, change.version())
                .bind(2, Json.of(mapper.writeValueAsBytes(data)))
                .bind(3, change.time())
                .fetch()
                .rowsUpdated();
    }

    private Mono<Long> remember(Change change, ObjectNode after) {
        ObjectNode payload = mapper.createObjectNode()
                .put("document", change.document())
                .put("version", change.version())
                .put("time", change.time().toString())
                .set("after", after);
        return database.sql(REMEMBER)
                .bind(0, change.document())
                .bind(1, change.version())
                .bind(2, Json.of(mapper.writeValueAsBytes(payload)))
                .fetch()
                .rowsUpdated();
    }
}
