package io.tributary.client;

import io.tributary.change.BatchOutcome;
import io.tributary.change.BulkAnswer;
import io.tributary.change.Outcome;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.client.http.Call;
import io.tributary.client.http.JdkTransport;
import io.tributary.client.http.Transport;
import io.tributary.client.http.Urls;
import io.tributary.json.BatchJson;
import io.tributary.json.BatchOutcomeJson;
import io.tributary.json.DocumentJson;
import io.tributary.json.OutcomeJson;
import io.tributary.json.QueryJson;
import io.tributary.json.ReadJson;
import io.tributary.json.ValueJson;
import io.tributary.json.WriteJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DatabaseName;
import io.tributary.name.DocumentName;
import io.tributary.query.Document;
import io.tributary.query.Page;
import io.tributary.query.Query;
import io.tributary.value.MapValue;
import io.tributary.write.Action;
import io.tributary.write.Batch;
import io.tributary.write.Filter;
import io.tributary.write.Write;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Tributary's client. Blocks no thread, may be shared by all, and is meant to live as long as the program; there is nothing
 * to close. Nothing is sent before a publisher is subscribed to, and what it emits comes on the HTTP client's threads.
 *
 * <p><b>Errors.</b> A refusal is a {@link ProblemException}, whose {@link ProblemException#type} tells what to do. Without
 * any answer it is an {@link java.io.IOException}.
 *
 * <p><b>Repetition.</b> Broken connections, missing answers and the statuses 429, 503 and 504 are tried again, no sooner
 * than {@code Retry-After} asks for; nothing else is. This is safe: each write and each batch has an id, its own or one made
 * here, and the service applies an id once. A {@code Mono} of this class stands for <em>one</em> write or batch: subscribing
 * to it again, by {@code retry} for example, asks for the same one's outcome. When it errs with an {@code IOException} or
 * {@code outcome-unknown} it is not known whether the write was applied; whoever must know gives it an id, and asks again.
 * Cancelling gives up the answer; what was sent may be applied all the same.
 */
public final class TributaryClient {

    private final Exchanges exchanges;
    private final Transactions transactions;
    private final String database;

    TributaryClient(Builder settings, Transport transport, Scheduler scheduler) {
        this.exchanges = new Exchanges(transport, settings.timeout, settings.attempts, scheduler);
        this.transactions = new Transactions(this, settings.transactionAttempts, scheduler);
        this.database = settings.database;
    }

    /** A client of the default database, with default settings. */
    public static TributaryClient of(URI address) {
        return builder(address).build();
    }

    /** @param address where the service is: {@code http://127.0.0.1:8080} */
    public static Builder builder(URI address) {
        return new Builder(address);
    }

    /** The database that all names without one are in. */
    public String database() {
        return database;
    }

    /** @throws IllegalArgumentException when {@code path} is not {@code collection/id} */
    public DocumentClient document(String path) {
        return document(name(path));
    }

    public DocumentClient document(DocumentName name) {
        return new DocumentClient(this, name);
    }

    /** @throws IllegalArgumentException when {@code path} names no collection */
    public CollectionClient collection(String path) {
        return new CollectionClient(this, new CollectionName(database, path));
    }

    /** Emits the document as it is, or that it does not exist. */
    public Mono<Document> get(DocumentName document) {
        return exchanges
                .answer(Call.get(Urls.of(document)), body -> DocumentJson.read(document.database(), body))
                .onErrorResume(failure ->
                        saysMissing(failure, document) ? Mono.just(Document.missing(document)) : Mono.error(failure));
    }

    /** As {@link #getAll(List)}, of documents of this client's database. */
    public Mono<List<Document>> getAll(String... paths) {
        return getAll(Arrays.stream(paths).map(this::name).toList());
    }

    /** Emits the documents as they were at one moment, in the order of their names, missing ones too. */
    public Mono<List<Document>> getAll(List<DocumentName> documents) {
        if (documents.isEmpty()) {
            return Mono.just(List.of());
        }
        String in = documents.get(0).database();
        if (!documents.stream().allMatch(document -> document.database().equals(in))) {
            throw new IllegalArgumentException("documents that are read together are in one database");
        }
        return exchanges
                .answer(
                        Call.post(Urls.of(in, "read"), ReadJson.write(documents)),
                        body -> DocumentJson.readPage(in, body))
                .map(Page::documents);
    }

    /**
     * Emits all documents that match, in the query's order, as many in a request as its limit says. The next page is asked
     * for when the one before has been given out. Each page is read at a time of its own.
     */
    public Flux<Document> query(Query query) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable Query> next = new AtomicReference<>(query);
            return Flux.<Query>generate(pages -> generate(pages, next.get()))
                    .concatMap(page -> documents(page, next), 0);
        });
    }

    /** Emits one page of what a query is about. */
    public Mono<Page> page(Query query) {
        String in = query.collection().database();
        return exchanges.answer(
                Call.post(Urls.of(in, "query"), QueryJson.write(query)), body -> DocumentJson.readPage(in, body));
    }

    /** Applies a write: emits what it did, or errs with what refused it. */
    public Mono<Outcome.Applied> write(Write write) {
        if (!(write.action() instanceof Action.Update update)) {
            return alone(write);
        }
        String id = write.id() == null ? newId() : write.id();
        return exchanges.answer(
                Call.patch(Urls.of(write.document()), WriteJson.writeUpdate(write, update))
                        .withKey(id),
                OutcomeJson::read);
    }

    /** Applies writes all together or not at all; they are of this client's database, and have no ids of their own. */
    public Mono<BatchOutcome.Applied> batch(Write... writes) {
        return batch(Batch.of(database, List.of(writes)));
    }

    /** Applies a batch all or not at all: emits what its writes did, or errs with what refused it. */
    public Mono<BatchOutcome.Applied> batch(Batch batch) {
        Batch identified = batch.id() == null ? batch.withId(newId()) : batch;
        return exchanges.answer(
                Call.post(Urls.of(batch.database(), "batch"), BatchJson.write(identified)), BatchOutcomeJson::read);
    }

    /**
     * Applies each write for itself, any number of them: emits the answer to each, in their order, refusals too; writes of
     * one document keep their order. Takes up more writes as answers are asked for, some hundred ahead. Sends them in one
     * request after another; where it errs, or is cancelled, a beginning of them is applied, perhaps beyond the last answer.
     * Each subscription is a bulk of its own; writes with ids of their own are applied once all the same.
     *
     * @param writes of this client's database
     */
    public Flux<BulkAnswer> bulk(Publisher<Write> writes) {
        return Flux.defer(() -> new Bulk(exchanges, database).answers(writes));
    }

    /**
     * Runs {@code function}, and applies what it writes all together, if all that it has read is still as it was; otherwise
     * runs it again. So it <b>may run several times</b>, and does nothing but read, think, and write through its {@link
     * Transaction}. Emits what the function emits, after everything is applied; when the function errs, nothing is.
     *
     * <p>Errs with {@code conflict} when the documents changed under all attempts, and with any other problem at once. Each
     * subscription is a transaction of its own.
     */
    public <T> Mono<T> runTransaction(Function<Transaction, ? extends Mono<T>> function) {
        return transactions.run(function);
    }

    /**
     * Emits the document as it is, if it is there, and then its changes, for as long as it is subscribed to. Connections that
     * break, are silent, or are ended since this reader was too slow, are made again, after a pause, and for ever; the watch
     * goes on where it was. Where it cannot, since it broke before all was told that was there, or the service does not know
     * the place any more, it emits a {@link WatchEvent.Reset} and tells everything anew. Never completes; errs with what the
     * service refuses, and at once. Events are taken from the connection as they are asked for.
     *
     * @throws IllegalArgumentException when the options have a filter
     */
    public Flux<WatchEvent> watch(DocumentName document, WatchOptions options) {
        if (!options.where().equals(Filter.ALWAYS)) {
            throw new IllegalArgumentException("a watch of one document has no filter");
        }
        return Flux.defer(() -> new Watching(Urls.of(document), document.database(), options).events(exchanges));
    }

    /**
     * As {@link #watch(DocumentName, WatchOptions)}, all documents of a collection that match: with those that come to match
     * entering, and those that cease to, or are deleted, leaving.
     */
    public Flux<WatchEvent> watch(CollectionName collection, WatchOptions options) {
        return Flux.defer(() -> new Watching(Urls.of(collection), collection.database(), options).events(exchanges));
    }

    Mono<Outcome.Applied> create(CollectionName collection, MapValue data) {
        return exchanges.answer(
                Call.post(Urls.of(collection), ValueJson.write(data)).withKey(newId()), OutcomeJson::read);
    }

    DocumentName name(String path) {
        return DocumentName.of(database, path);
    }

    private static void generate(SynchronousSink<Query> pages, @Nullable Query next) {
        if (next == null) {
            pages.complete();
        } else {
            pages.next(next);
        }
    }

    private Flux<Document> documents(Query query, AtomicReference<@Nullable Query> next) {
        return page(query)
                .doOnNext(page -> next.set(page.cursor() == null ? null : query.withCursor(page.cursor())))
                .flatMapIterable(Page::documents);
    }

    /** A bulk of one line can say everything that a write is, which HTTP's methods cannot. */
    private Mono<Outcome.Applied> alone(Write write) {
        Write identified = write.id() == null ? write.withId(newId()) : write;
        return Flux.defer(() -> new Bulk(exchanges, write.document().database()).answers(Mono.just(identified)))
                .single()
                .map(TributaryClient::applied);
    }

    private static Outcome.Applied applied(BulkAnswer answer) {
        if (answer instanceof BulkAnswer.Refused refused) {
            throw new ProblemException(refused.problem());
        }
        return ((BulkAnswer.Applied) answer).outcome();
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    private static boolean saysMissing(Throwable failure, DocumentName document) {
        return failure instanceof ProblemException refusal
                && refusal.type() == ProblemType.NOT_FOUND
                && document.path().equals(refusal.problem().document());
    }

    /** What a client is made of. Not safe for use by several threads. */
    public static final class Builder {

        private final URI address;
        private String database = DatabaseName.DEFAULT;
        private Duration timeout = Duration.ofSeconds(30);
        private Attempts attempts = Attempts.of(8);
        private Attempts transactionAttempts = Attempts.of(5);
        private @Nullable HttpClient httpClient;

        private Builder(URI address) {
            this.address = address;
        }

        /**
         * The database that all names without one are in.
         *
         * @throws IllegalArgumentException when it cannot be the name of one
         */
        public Builder database(String database) {
            this.database = DatabaseName.check(database);
            return this;
        }

        /** How long each attempt of a request may take: 30 seconds unless said otherwise. */
        public Builder timeout(Duration timeout) {
            this.timeout = timeout;
            return this;
        }

        /** How often a request is sent: 8 times unless said otherwise, which takes some eight seconds. */
        public Builder attempts(Attempts attempts) {
            this.attempts = attempts;
            return this;
        }

        /** How often the function of a transaction runs: 5 times unless said otherwise. */
        public Builder transactionAttempts(Attempts attempts) {
            this.transactionAttempts = attempts;
            return this;
        }

        /** An HTTP client of the caller's own, for proxies, certificates or executors; it stays the caller's to close. */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = httpClient;
            return this;
        }

        public TributaryClient build() {
            HttpClient http = httpClient == null ? HttpClient.newHttpClient() : httpClient;
            return new TributaryClient(this, new JdkTransport(http, address), Schedulers.parallel());
        }
    }
}
