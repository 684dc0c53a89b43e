package io.tributary.service.http;

import com.fasterxml.uuid.Generators;
import io.tributary.json.Limits;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.http.bulk.BulkWrites;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.watch.EventStreams;
import io.tributary.service.http.watch.WatchSockets;
import io.tributary.service.intake.Batches;
import io.tributary.service.intake.LaterWrites;
import io.tributary.service.intake.Writes;
import io.tributary.service.job.Jobs;
import io.tributary.service.lane.KeyedNames;
import io.tributary.service.query.Queries;
import io.tributary.service.schema.Schemas;
import io.tributary.service.store.Store;
import io.tributary.service.trigger.Triggers;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.WebFilter;

/** The HTTP interface: what there is, and who answers for it. */
public final class HttpApi {

    private static final String DOCUMENTS = "documents";
    private static final String JOBS = "jobs";
    private static final String SCHEMAS = "schemas";
    private static final String TRIGGERS = "triggers";
    private static final String WATCH = "watch";

    private HttpApi() {}

    /**
     * All routes. Their errors are for {@link io.tributary.service.http.reply.ProblemHandler}, which must stand beside them.
     *
     * @param version what {@code GET /v1} says
     */
    public static WebFilter routes(
            Writes writes,
            LaterWrites later,
            Batches batches,
            BulkWrites bulk,
            EventStreams events,
            WatchSockets sockets,
            Store store,
            Queries queries,
            Jobs jobs,
            Schemas schemas,
            Triggers triggers,
            Limits limits,
            String version,
            KeyedNames keyedNames,
            ToIntFunction<DocumentName> laneOf) {
        NewNames names = new NewNames(Generators.timeBasedEpochGenerator()::generate, keyedNames);
        return routes(
                writes, later, batches, bulk, events, sockets, store, queries, jobs, schemas, triggers, limits, version,
                names, laneOf);
    }

    static ApiRoutes routes(
            Writes writes,
            LaterWrites later,
            Batches batches,
            BulkWrites bulk,
            EventStreams events,
            WatchSockets sockets,
            Store store,
            Queries queries,
            Jobs jobs,
            Schemas schemas,
            Triggers triggers,
            Limits limits,
            String version,
            NewNames names,
            ToIntFunction<DocumentName> laneOf) {
        DocumentReads documentReads = new DocumentReads(store, new OutcomeReads(store, laneOf), limits);
        DocumentWrites documentWrites = new DocumentWrites(writes, later, names, limits);
        BatchWrites batchWrites = new BatchWrites(batches, limits);
        BulkRequests bulkRequests = new BulkRequests(bulk);
        UpdatesByQuery updatesByQuery = new UpdatesByQuery(jobs, limits);
        JobReads jobReads = new JobReads(jobs);
        CollectionReads collectionReads = new CollectionReads(queries, limits);
        CollectionSchemas collectionSchemas = new CollectionSchemas(schemas, jobs);
        WatchRequests watchRequests = new WatchRequests(events, sockets, limits);
        TriggerRequests triggerRequests = new TriggerRequests(triggers);
        Description description = new Description(version);
        return new ApiRoutes(List.of(
                document()
                        .on(HttpMethod.GET, WatchRequests.or(watchRequests::document, documentReads::get))
                        .on(HttpMethod.HEAD, documentReads::get)
                        .on(HttpMethod.PUT, documentWrites::replace)
                        .on(HttpMethod.PATCH, documentWrites::patch)
                        .on(HttpMethod.DELETE, documentWrites::delete),
                collection()
                        .on(HttpMethod.GET, WatchRequests.or(watchRequests::collection, collectionReads::list))
                        .on(HttpMethod.HEAD, collectionReads::list)
                        .on(HttpMethod.POST, documentWrites::create),
                database("query", DocumentWrites.BODY).on(HttpMethod.POST, collectionReads::query),
                database("read", DocumentWrites.BODY).on(HttpMethod.POST, documentReads::together),
                database("batch", DocumentWrites.BODY).on(HttpMethod.POST, batchWrites::submit),
                database("bulk", BulkRequests.BODY).on(HttpMethod.POST, bulkRequests::submit),
                database("update-by-query", DocumentWrites.BODY).on(HttpMethod.POST, updatesByQuery::submit),
                ofDatabase(WATCH).on(HttpMethod.GET, watchRequests::socket),
                jobs().on(HttpMethod.GET, jobReads::list).on(HttpMethod.HEAD, jobReads::list),
                job().on(HttpMethod.GET, jobReads::get)
                        .on(HttpMethod.HEAD, jobReads::get)
                        .on(HttpMethod.DELETE, jobReads::cancel),
                schemas().on(HttpMethod.GET, collectionSchemas::list).on(HttpMethod.HEAD, collectionSchemas::list),
                schema().on(HttpMethod.GET, collectionSchemas::get)
                        .on(HttpMethod.HEAD, collectionSchemas::get)
                        .on(HttpMethod.PUT, collectionSchemas::save)
                        .on(HttpMethod.DELETE, collectionSchemas::delete),
                triggers().on(HttpMethod.GET, triggerRequests::list).on(HttpMethod.HEAD, triggerRequests::list),
                trigger()
                        .on(HttpMethod.GET, triggerRequests::get)
                        .on(HttpMethod.HEAD, triggerRequests::get)
                        .on(HttpMethod.PUT, triggerRequests::save)
                        .on(HttpMethod.DELETE, triggerRequests::delete),
                exactly("/v1", "v1")
                        .on(HttpMethod.GET, description::overview)
                        .on(HttpMethod.HEAD, description::overview),
                exactly(Description.OPEN_API_PATH, "openapi.json")
                        .on(HttpMethod.GET, description::openApi)
                        .on(HttpMethod.HEAD, description::openApi)));
    }

    private static Resource<DocumentName> document() {
        return Resource.at(inAnyDatabase("/documents/{collection}/{id}"), HttpApi::document)
                .announcing(HttpHeaders.ACCEPT_PATCH, DocumentWrites.PATCHES);
    }

    private static Resource<CollectionName> collection() {
        return Resource.at(inAnyDatabase("/documents/{collection}"), HttpApi::collection)
                .announcing("Accept-Post", DocumentWrites.BODY);
    }

    /** What is asked of a database by a body. */
    private static Resource<String> database(String segment, List<String> body) {
        return Resource.at(
                        inAnyDatabase("/" + segment),
                        address -> address.segments().equals(List.of("v1", segment)) ? address.database() : null)
                .announcing("Accept-Post", body);
    }

    private static Resource<String> jobs() {
        return Resource.at(
                inAnyDatabase("/" + JOBS),
                address -> address.segments().equals(List.of("v1", JOBS)) ? address.database() : null);
    }

    private static Resource<JobReads.Target> job() {
        return Resource.at(inAnyDatabase("/" + JOBS + "/{id}"), HttpApi::job);
    }

    private static JobReads.@Nullable Target job(Address address) {
        List<String> segments = address.segments();
        return segments.size() == 3 && segments.subList(0, 2).equals(List.of("v1", JOBS))
                ? new JobReads.Target(address.database(), segments.getLast())
                : null;
    }

    private static Resource<String> schemas() {
        return ofDatabase(SCHEMAS);
    }

    private static Resource<String> triggers() {
        return ofDatabase(TRIGGERS);
    }

    private static Resource<String> ofDatabase(String all) {
        return Resource.at(
                inAnyDatabase("/" + all),
                address -> address.segments().equals(List.of("v1", all)) ? address.database() : null);
    }

    private static Resource<TriggerRequests.Place> trigger() {
        return Resource.at(inAnyDatabase("/" + TRIGGERS + "/{trigger}"), HttpApi::trigger);
    }

    private static TriggerRequests.@Nullable Place trigger(Address address) {
        return address.segments().size() == 3
                        && address.segments().subList(0, 2).equals(List.of("v1", TRIGGERS))
                ? new TriggerRequests.Place(
                        address.database(), address.segments().get(2))
                : null;
    }

    private static Resource<CollectionName> schema() {
        return Resource.at(inAnyDatabase("/" + SCHEMAS + "/{collection}"), HttpApi::schema);
    }

    private static @Nullable CollectionName schema(Address address) {
        return address.segments().size() > 2 && address.segments().subList(0, 2).equals(List.of("v1", SCHEMAS))
                ? Address.named(() -> new CollectionName(address.database(), address.path(2)))
                : null;
    }

    private static Resource<Address> exactly(String path, String segment) {
        return Resource.at(List.of(path), address -> address.segments().equals(List.of(segment)) ? address : null);
    }

    private static List<String> inAnyDatabase(String path) {
        return List.of("/v1" + path, "/v1/databases/{database}" + path);
    }

    private static @Nullable DocumentName document(Address address) {
        return names(address) % 2 == 0 && names(address) > 0
                ? Address.named(() -> DocumentName.of(address.database(), address.path(2)))
                : null;
    }

    private static @Nullable CollectionName collection(Address address) {
        return names(address) % 2 == 1
                ? Address.named(() -> new CollectionName(address.database(), address.path(2)))
                : null;
    }

    /** How many segments of a name the address has, 0 when it is none of a document or collection. */
    private static int names(Address address) {
        List<String> segments = address.segments();
        return segments.size() > 2
                        && segments.getFirst().equals("v1")
                        && segments.get(1).equals(DOCUMENTS)
                ? segments.size() - 2
                : 0;
    }
}
