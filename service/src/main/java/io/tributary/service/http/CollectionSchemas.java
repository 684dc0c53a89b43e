package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.SchemaJson;
import io.tributary.name.CollectionName;
import io.tributary.query.CollectionSchema;
import io.tributary.query.SchemaCheck;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.reply.UpdateReply;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.job.Jobs;
import io.tributary.service.schema.SchemaCompiler;
import io.tributary.service.schema.Schemas;
import io.tributary.service.store.Definition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Saves, gives out and deletes the schemas of collections. */
final class CollectionSchemas {

    static final List<String> BODY = List.of(MediaTypes.JSON, "application/schema+json");

    private static final String VALIDATE = "validate";

    private final Schemas schemas;
    private final Jobs jobs;

    /** @param jobs judge stored documents */
    CollectionSchemas(Schemas schemas, Jobs jobs) {
        this.schemas = schemas;
        this.jobs = jobs;
    }

    /** {@code PUT} of a schema, to be kept or to be tried on the stored documents. */
    Mono<Reply> save(CollectionName collection, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), BODY, HttpHeaders.ACCEPT);
        boolean check = checks(Parameters.of(request.getURI().getRawQuery(), Set.of(VALIDATE)));
        LongPredicate condition = EntityTags.condition(request.getHeaders());
        if (check && Schemas.isOfMany(collection)) {
            throw Refusal.of(
                    ProblemType.BAD_VALUE, "the documents of one collection are checked, so its name has no * in it");
        }
        return RequestBody.of(request, SchemaCompiler.MOST_BYTES)
                .flatMap(body -> check ? check(collection, body) : save(collection, body, condition));
    }

    private static boolean checks(Parameters parameters) {
        String validate = parameters.get(VALIDATE);
        if (validate != null && !validate.equals("existing")) {
            throw Refusal.of(ProblemType.BAD_VALUE, "the query parameter \"validate\" is existing");
        }
        return validate != null;
    }

    private Mono<Reply> save(CollectionName collection, byte[] body, LongPredicate condition) {
        return ConnectionThread.resumed(schemas.save(collection, body, condition))
                .map(saved -> reply(saved.createdAt().equals(saved.updatedAt()) ? 201 : 200, saved));
    }

    private Mono<Reply> check(CollectionName collection, byte[] body) {
        SchemaCheck check = new SchemaCheck(collection, new String(body, StandardCharsets.UTF_8));
        return ConnectionThread.resumed(schemas.checked(collection, body).then(Mono.defer(() -> jobs.check(check))))
                .map(job -> UpdateReply.begun(collection.database(), job));
    }

    /** {@code GET} of a schema. */
    Mono<Reply> get(CollectionName collection, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        EntityTags known = EntityTags.of(request.getHeaders(), HttpHeaders.IF_NONE_MATCH);
        return ConnectionThread.resumed(schemas.find(collection))
                .map(found -> known != null && known.match(found.version())
                        ? Reply.empty(304).with(HttpHeaders.ETAG, EntityTags.tag(found.version()))
                        : reply(200, found))
                .switchIfEmpty(Mono.error(CollectionSchemas::none));
    }

    /** {@code DELETE} of a schema. */
    Mono<Reply> delete(CollectionName collection, ServerHttpRequest request) {
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        if (RequestBody.isAnnounced(request.getHeaders())) {
            throw Refusal.of(ProblemType.MALFORMED, "DELETE takes no body; a condition goes into If-Match");
        }
        return ConnectionThread.resumed(schemas.delete(collection, EntityTags.condition(request.getHeaders())))
                .map(deleted -> {
                    if (!deleted) {
                        throw none();
                    }
                    return Reply.empty(204);
                });
    }

    /** {@code GET} of the schemas of a database. */
    Mono<Reply> list(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        return ConnectionThread.resumed(schemas.list(database))
                .map(found -> Reply.of(
                        200,
                        MediaTypes.JSON,
                        SchemaJson.write(
                                found.stream().map(CollectionSchemas::schema).toList())));
    }

    private static Reply reply(int status, Definition definition) {
        return Reply.of(status, MediaTypes.JSON, SchemaJson.write(schema(definition)))
                .with(HttpHeaders.ETAG, EntityTags.tag(definition.version()));
    }

    private static CollectionSchema schema(Definition definition) {
        return new CollectionSchema(
                definition.key().name(),
                definition.version(),
                definition.body(),
                definition.createdAt(),
                definition.updatedAt());
    }

    private static Refusal none() {
        return new Refusal(Problem.of(ProblemType.NOT_FOUND, "the collection has no schema of its own"));
    }
}
