package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.TriggerJson;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.trigger.Triggers;
import io.tributary.trigger.SavedTrigger;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Saves, gives out and deletes triggers. */
final class TriggerRequests {

    static final List<String> BODY = List.of(MediaTypes.JSON);

    private static final int MOST_BYTES = 256 << 10;

    private final Triggers triggers;

    /** A trigger's name in a database. */
    record Place(String database, String name) {}

    TriggerRequests(Triggers triggers) {
        this.triggers = triggers;
    }

    /** {@code PUT} of a trigger. */
    Mono<Reply> save(Place place, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), BODY, HttpHeaders.ACCEPT);
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        LongPredicate condition = EntityTags.condition(request.getHeaders());
        return RequestBody.of(request, MOST_BYTES)
                .flatMap(body ->
                        ConnectionThread.resumed(triggers.save(place.database(), place.name(), body, condition)))
                .map(saved -> reply(saved.createdAt().equals(saved.updatedAt()) ? 201 : 200, saved));
    }

    /** {@code GET} of a trigger. */
    Mono<Reply> get(Place place, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        EntityTags known = EntityTags.of(request.getHeaders(), HttpHeaders.IF_NONE_MATCH);
        return ConnectionThread.resumed(triggers.find(place.database(), place.name()))
                .map(found -> known != null && known.match(found.version())
                        ? Reply.empty(304).with(HttpHeaders.ETAG, EntityTags.tag(found.version()))
                        : reply(200, found))
                .switchIfEmpty(Mono.error(TriggerRequests::none));
    }

    /** {@code DELETE} of a trigger. */
    Mono<Reply> delete(Place place, ServerHttpRequest request) {
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        if (RequestBody.isAnnounced(request.getHeaders())) {
            throw Refusal.of(ProblemType.MALFORMED, "DELETE takes no body; a condition goes into If-Match");
        }
        LongPredicate condition = EntityTags.condition(request.getHeaders());
        return ConnectionThread.resumed(triggers.delete(place.database(), place.name(), condition))
                .map(deleted -> {
                    if (!deleted) {
                        throw none();
                    }
                    return Reply.empty(204);
                });
    }

    /** {@code GET} of the triggers of a database. */
    Mono<Reply> list(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        return ConnectionThread.resumed(triggers.list(database))
                .map(found -> Reply.of(200, MediaTypes.JSON, TriggerJson.write(found)));
    }

    private static Reply reply(int status, SavedTrigger trigger) {
        return Reply.of(status, MediaTypes.JSON, TriggerJson.write(trigger))
                .with(HttpHeaders.ETAG, EntityTags.tag(trigger.version()));
    }

    private static Refusal none() {
        return new Refusal(Problem.of(ProblemType.NOT_FOUND, "there is no trigger of this name"));
    }
}
