package io.tributary.service.http;

import io.tributary.json.Limits;
import io.tributary.service.definition.Definitions;
import io.tributary.service.document.DocumentLimits;
import io.tributary.service.http.bulk.BulkWrites;
import io.tributary.service.http.reply.ProblemHandler;
import io.tributary.service.http.watch.EventStreams;
import io.tributary.service.http.watch.WatchSockets;
import io.tributary.service.job.JobSettings;
import io.tributary.service.job.Jobs;
import io.tributary.service.lane.KeyedNames;
import io.tributary.service.query.FakeStore;
import io.tributary.service.query.Queries;
import io.tributary.service.query.QuerySettings;
import io.tributary.service.schema.Schemas;
import io.tributary.service.store.InMemoryDefinitions;
import io.tributary.service.store.InMemoryJobs;
import io.tributary.service.store.InMemoryTriggerFailures;
import io.tributary.service.trigger.Triggers;
import io.tributary.service.watch.FakeLog;
import java.net.URI;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The HTTP interface over a store and writes in memory, called without a network. */
final class Api {

    static final String MERGE_PATCH = "application/merge-patch+json";
    static final String JSON_PATCH = "application/json-patch+json";

    /** What the service chooses as the next id. */
    static final UUID NEXT_ID = UUID.fromString("0190f3a0-0000-7000-8000-000000000001");

    /** Every document's. */
    static final int LANE = 0;

    final FakeStore store = new FakeStore();
    final FakeWrites writes = new FakeWrites(store);
    final FakeLaterWrites later = new FakeLaterWrites();
    final FakeBatches batches = new FakeBatches(store);
    final InMemoryJobs jobStore = new InMemoryJobs(InstantSource.system());
    final Schemas schemas =
            new Schemas(new Definitions(new InMemoryDefinitions(), Schedulers.parallel()), Schedulers.parallel());
    final InMemoryTriggerFailures triggerFailures = new InMemoryTriggerFailures();
    final ApiRoutes routes;
    private final WebTestClient client;

    Api() {
        this(Limits.DEFAULT);
    }

    Api(Limits limits) {
        Queries queries = new Queries(store, QuerySettings.DEFAULT, Schedulers.parallel());
        Jobs jobs = new Jobs(
                store,
                jobStore,
                queries,
                writes,
                DocumentLimits.DEFAULT,
                JobSettings.DEFAULT,
                Schedulers.parallel(),
                InstantSource.system());
        routes = HttpApi.routes(
                writes,
                later,
                batches,
                new BulkWrites(writes, limits, Schedulers.parallel()),
                new EventStreams(FakeLog.watches(store)),
                new WatchSockets(FakeLog.watches(store), limits),
                store,
                queries,
                jobs,
                schemas,
                new Triggers(
                        new Definitions(new InMemoryDefinitions(), Schedulers.immediate()),
                        triggerFailures,
                        limits,
                        false,
                        true),
                limits,
                "1.2.3",
                new NewNames(() -> NEXT_ID, new KeyedNames(name -> 0)),
                name -> LANE);
        client = WebTestClient.bindToRouterFunction(request -> Mono.empty())
                .handlerStrategies(HandlerStrategies.builder()
                        .webFilter(routes)
                        .exceptionHandler(new ProblemHandler())
                        .build())
                .build();
    }

    /** A request without headers; the path is sent as it is. */
    WebTestClient.RequestBodySpec request(HttpMethod method, String path) {
        return client.method(method).uri(URI.create(path));
    }

    WebTestClient.ResponseSpec get(String path) {
        return request(HttpMethod.GET, path).exchange();
    }

    WebTestClient.ResponseSpec delete(String path) {
        return request(HttpMethod.DELETE, path).exchange();
    }

    WebTestClient.ResponseSpec put(String path, String body) {
        return json(HttpMethod.PUT, path, body).exchange();
    }

    WebTestClient.ResponseSpec patch(String path, String body) {
        return json(HttpMethod.PATCH, path, body).exchange();
    }

    WebTestClient.ResponseSpec post(String path, String body) {
        return json(HttpMethod.POST, path, body).exchange();
    }

    WebTestClient.RequestHeadersSpec<?> json(HttpMethod method, String path, String body) {
        return request(method, path).contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    WebTestClient.RequestHeadersSpec<?> body(HttpMethod method, String path, String mediaType, String body) {
        return request(method, path).header("Content-Type", mediaType).bodyValue(body);
    }
}
