package io.tributary.client;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.value.MapValue;
import io.tributary.value.Value;
import io.tributary.write.Action;
import io.tributary.write.Batch;
import io.tributary.write.UpdateBuilder;
import io.tributary.write.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What the function of a transaction reads and writes by: first it reads, then it writes. Reads are remembered with their
 * versions, writes are collected; when the function is done, one atomic batch applies them, if the documents that were read
 * are still at these versions.
 *
 * <p>A transaction that writes nothing sends no batch. What it read in one request was so at one moment; after several, one
 * more read makes sure that all of it was still so together.
 *
 * <p>A document that was read already is given out again as it was. Queries are no part of a transaction. Safe for use by
 * several threads.
 */
public final class Transaction {

    private enum Phase {
        READING,
        WRITING,
        OVER
    }

    private final TributaryClient client;
    private final Map<DocumentName, Document> reads = new LinkedHashMap<>();
    private final List<Write> writes = new ArrayList<>();
    private Phase phase = Phase.READING;
    private int readings;

    Transaction(TributaryClient client) {
        this.client = client;
    }

    /** As {@link #get(DocumentName)}, of a document of the client's database. */
    public Mono<Document> get(String path) {
        return get(client.name(path));
    }

    /**
     * Emits the document as it is, or that it does not exist. Errs with {@link IllegalStateException} when the transaction
     * has written already, or is over.
     */
    public Mono<Document> get(DocumentName name) {
        return Mono.defer(() -> {
            Document known = known(name);
            return known != null ? Mono.just(known) : client.get(name).map(this::remembered);
        });
    }

    /** As {@link #getAll(List)}, of documents of the client's database. */
    public Mono<List<Document>> getAll(String... paths) {
        return getAll(Arrays.stream(paths).map(client::name).toList());
    }

    /**
     * Emits the documents as they were at one moment, in the order of their names, missing ones too. Errs as {@link
     * #get(DocumentName)}; where one of them has changed since this transaction read it, the function runs again.
     */
    public Mono<List<Document>> getAll(List<DocumentName> names) {
        return Mono.defer(() -> {
            requireReading();
            names.forEach(this::requireDatabase);
            return client.getAll(names).map(this::remembered);
        });
    }

    /** Applies operators to a document, when the transaction commits; {@link DocumentClient#update} otherwise. */
    public Transaction update(String path, UnaryOperator<UpdateBuilder> operators) {
        return write(path, operators.apply(new UpdateBuilder()).build());
    }

    /** Creates a document, when the transaction commits. */
    public Transaction create(String path, Map<String, ? extends @Nullable Object> data) {
        return write(path, new Action.Create((MapValue) Value.of(data)));
    }

    /** Gives a document this data, when the transaction commits. */
    public Transaction replace(String path, Map<String, ? extends @Nullable Object> data) {
        return write(path, new Action.Replace((MapValue) Value.of(data)));
    }

    /** Deletes a document, when the transaction commits. */
    public Transaction delete(String path) {
        return write(path, new Action.Delete());
    }

    /**
     * Writes, when the transaction commits; after this nothing can be read.
     *
     * @param write without an id: the transaction has one for all
     * @throws IllegalArgumentException when it has an id, or is of another database than the client
     * @throws IllegalStateException when the transaction is over
     */
    public synchronized Transaction write(Write write) {
        if (phase == Phase.OVER) {
            throw new IllegalStateException("the transaction is over");
        }
        if (write.id() != null || !write.document().database().equals(client.database())) {
            throw new IllegalArgumentException(
                    "a write of a transaction has no id of its own and is of its client's database: "
                            + write.document());
        }
        phase = Phase.WRITING;
        writes.add(write);
        return this;
    }

    private Transaction write(String path, Action action) {
        return write(Write.of(client.name(path), action));
    }

    /** Ends this transaction: completes when all is applied. */
    Mono<Void> commit() {
        Batch batch = end();
        return batch.writes().isEmpty() ? check() : client.batch(batch).then();
    }

    /** Ends this transaction without its writes: completes when what it read was so at one moment. */
    Mono<Void> check() {
        end();
        return readings <= 1
                ? Mono.empty()
                : client.getAll(List.copyOf(reads.keySet()))
                        .doOnNext(now -> now.forEach(this::requireUnchanged))
                        .then();
    }

    private synchronized Batch end() {
        phase = Phase.OVER;
        List<Batch.Read> versions = reads.values().stream()
                .map(document -> new Batch.Read(document.name(), document.version()))
                .toList();
        return new Batch(client.database(), writes, versions, UUID.randomUUID().toString());
    }

    private synchronized @Nullable Document known(DocumentName name) {
        requireReading();
        requireDatabase(name);
        return reads.get(name);
    }

    private synchronized Document remembered(Document document) {
        return remembered(List.of(document)).get(0);
    }

    private synchronized List<Document> remembered(List<Document> documents) {
        requireReading();
        documents.forEach(this::requireUnchanged);
        documents.forEach(document -> reads.putIfAbsent(document.name(), document));
        readings++;
        return documents;
    }

    private void requireDatabase(DocumentName name) {
        if (!name.database().equals(client.database())) {
            throw new IllegalArgumentException(
                    "a transaction is about the documents of one database, " + client.database() + ", not " + name);
        }
    }

    private synchronized void requireReading() {
        if (phase == Phase.WRITING) {
            throw new IllegalStateException("a transaction reads before it writes, and this one has written already");
        } else if (phase == Phase.OVER) {
            throw new IllegalStateException("the transaction is over");
        }
    }

    private void requireUnchanged(Document now) {
        Document before = reads.get(now.name());
        if (before != null && before.version() != now.version()) {
            throw new ProblemException(
                    Problem.of(ProblemType.CONFLICT, "a document changed after the transaction had read it")
                            .withStale(List.of(new Problem.Stale(now.name().path(), now.version()))));
        }
    }
}
