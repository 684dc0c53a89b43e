package io.tributary.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tributary.json.Limits;
import io.tributary.service.changelog.FakeChangelog;
import io.tributary.service.changelog.Publisher;
import io.tributary.service.changelog.PublisherSettings;
import io.tributary.service.definition.Definitions;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.http.bulk.BulkWrites;
import io.tributary.service.http.reply.ProblemHandler;
import io.tributary.service.http.watch.EventStreams;
import io.tributary.service.http.watch.WatchSockets;
import io.tributary.service.intake.CallerIntake;
import io.tributary.service.intake.Forwarding;
import io.tributary.service.job.JobSettings;
import io.tributary.service.job.Jobs;
import io.tributary.service.lane.CommitObserver;
import io.tributary.service.lane.Instance;
import io.tributary.service.lane.KeyedNames;
import io.tributary.service.lane.LaneSettings;
import io.tributary.service.lane.Lanes;
import io.tributary.service.query.Queries;
import io.tributary.service.query.QuerySettings;
import io.tributary.service.schema.Schemas;
import io.tributary.service.store.InMemoryDefinitions;
import io.tributary.service.store.InMemoryJobs;
import io.tributary.service.store.InMemoryStore;
import io.tributary.service.store.InMemoryTriggerFailures;
import io.tributary.service.trigger.Triggers;
import io.tributary.service.watch.FakeLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunctions;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.test.StepVerifier;

/**
 * The way of a write from the connection through lane and committer and back, in a JVM in which a thread that blocks
 * although it must not is caught: event loops, and the threads of all schedulers that are not made for blocking.
 */
@Tag("blockhound")
class BlockingTest {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int LANES = 4;

    private final Scheduler publishing = Schedulers.newSingle("publisher");
    private final Scheduler committing = Schedulers.newSingle("committer");
    private final Scheduler answering = Schedulers.newSingle("store");
    private final InMemoryStore store = new InMemoryStore(LANES, answering::schedule);
    private final Publisher publisher = new Publisher(
            new FakeChangelog(new FakeChangelog.Broker(), () -> publishing),
            store.session("publisher"),
            PublisherSettings.DEFAULT,
            publishing,
            InstantSource.system());
    private final Lanes lanes = new Lanes(
            LaneSettings.DEFAULT.withLanes(LANES),
            DocumentLimits.DEFAULT,
            "one",
            store,
            publisher,
            InstantSource.system(),
            committer -> committing,
            Instance.NOBODY,
            CommitObserver.NONE);
    private final HttpClient client = HttpClient.newHttpClient();
    private DisposableServer server;

    @BeforeEach
    void starts() {
        var intake =
                new CallerIntake(lanes, name -> name.hashCode() & 3, Forwarding.nowhere(), SOON, Schedulers.parallel());
        var queries = new Queries(store, QuerySettings.DEFAULT, Schedulers.parallel());
        var jobs = new Jobs(
                store,
                new InMemoryJobs(InstantSource.system()),
                queries,
                intake,
                DocumentLimits.DEFAULT,
                JobSettings.DEFAULT,
                Schedulers.parallel(),
                InstantSource.system());
        var routes = HttpApi.routes(
                intake,
                new FakeLaterWrites(),
                intake,
                new BulkWrites(intake, Limits.DEFAULT, Schedulers.parallel()),
                new EventStreams(FakeLog.watches(store)),
                new WatchSockets(FakeLog.watches(store), Limits.DEFAULT),
                store,
                queries,
                jobs,
                new Schemas(new Definitions(new InMemoryDefinitions(), Schedulers.parallel()), Schedulers.parallel()),
                new Triggers(
                        new Definitions(new InMemoryDefinitions(), Schedulers.parallel()),
                        new InMemoryTriggerFailures(),
                        Limits.DEFAULT,
                        false,
                        true),
                Limits.DEFAULT,
                "1.2.3",
                new KeyedNames(name -> name.hashCode() & 3),
                name -> name.hashCode() & 3);
        var handler = RouterFunctions.toHttpHandler(
                request -> Mono.empty(),
                HandlerStrategies.builder()
                        .webFilter(routes)
                        .exceptionHandler(new ProblemHandler())
                        .build());
        server = HttpServer.create()
                .host("127.0.0.1")
                .port(0)
                .handle(new ReactorHttpHandlerAdapter(handler))
                .bindNow(SOON);
        lanes.assign(List.of(0, 1, 2, 3));
        await().atMost(SOON).until(() -> lanes.open() == LANES);
        BlockingCalls.forget();
    }

    @AfterEach
    void stops() {
        server.disposeNow(SOON);
        client.close();
        publisher.close();
        List.of(publishing, committing, answering).forEach(Scheduler::dispose);
    }

    @Test
    void catchesAThreadThatMustNotBlock() {
        Mono<String> sleeping = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "rested";
                })
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(sleeping).expectError(BlockingOperationError.class).verify(SOON);
        assertThat(BlockingCalls.caught()).hasSize(1);
    }

    @Test
    void writesWithoutBlocking() throws Exception {
        String path = "/v1/documents/products/" + UUID.randomUUID();

        assertThat(send("PUT", path, "{\"stock\": 3}").statusCode()).isEqualTo(201);
        assertThat(send("PATCH", path, "{\"increment\": {\"stock\": -1}}").statusCode())
                .isEqualTo(200);
        assertThat(send("PATCH", path, "{\"increment\": {\"stock\": \"one\"}}").statusCode())
                .isEqualTo(400);
        assertThat(send("POST", "/v1/documents/products", "{}").statusCode()).isEqualTo(201);
        assertThat(BlockingCalls.caught()).isEmpty();
    }

    @Test
    void readsWithoutBlocking() throws Exception {
        send("PUT", "/v1/documents/products/p42", "{\"stock\": 3}");

        assertThat(send("GET", "/v1/documents/products/p42", "").body()).contains("\"stock\":3");
        assertThat(send("GET", "/v1/documents/products?orderBy=-stock", "").body())
                .contains("p42");
        assertThat(send("GET", "/openapi.json", "").statusCode()).isEqualTo(200);
        assertThat(BlockingCalls.caught()).isEmpty();
    }

    @Test
    void updatesByQueryWithoutBlocking() throws Exception {
        send("PUT", "/v1/documents/products/p42", "{\"stock\": 3}");
        String update =
                "{\"collection\": \"products\", \"where\": {\"stock\": 3}, \"increment\": {\"stock\": 1}, \"limit\": %d}";

        assertThat(send("POST", "/v1/update-by-query", update.formatted(10)).statusCode())
                .isEqualTo(200);
        assertThat(send("POST", "/v1/update-by-query", update.formatted(2000)).statusCode())
                .isEqualTo(202);
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(send("GET", "/v1/jobs/1", "").body()).contains("\"state\":\"succeeded\""));
        assertThat(BlockingCalls.caught()).isEmpty();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .timeout(SOON);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
