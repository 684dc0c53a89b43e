package io.tributary.service.http;

import io.tributary.change.ProblemType;
import io.tributary.json.FilterJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.json.ValueJson;
import io.tributary.json.WriteJson;
import io.tributary.name.CollectionName;
import io.tributary.name.DocumentName;
import io.tributary.service.http.reply.OutcomeReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.request.WriteHeaders;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.intake.LaterWrites;
import io.tributary.service.intake.Writes;
import io.tributary.service.lane.Answer;
import io.tributary.write.Action;
import io.tributary.write.Filter;
import io.tributary.write.Write;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns requests into writes, and what became of them into replies. */
final class DocumentWrites {

    static final List<String> BODY = List.of(MediaTypes.JSON);
    static final List<String> PATCHES = List.of(MediaTypes.JSON, MediaTypes.MERGE_PATCH, MediaTypes.JSON_PATCH);

    private static final String WHERE = "where";

    private final Writes writes;
    private final LaterWrites later;
    private final NewNames names;
    private final Limits limits;

    /** @param later takes the writes of those who would rather come back for the outcome */
    DocumentWrites(Writes writes, LaterWrites later, NewNames names, Limits limits) {
        this.writes = writes;
        this.later = later;
        this.names = names;
        this.limits = limits;
    }

    /** {@code PUT} of a document. */
    Mono<Reply> replace(DocumentName name, ServerHttpRequest request) {
        MediaTypes.ofBody(request.getHeaders(), BODY, HttpHeaders.ACCEPT);
        Parameters parameters = parameters(request, Set.of(WHERE, Parameters.INTEGERS, Parameters.ON_INVALID));
        WriteHeaders headers = WriteHeaders.of(request.getHeaders(), where(parameters));
        return withBody(
                request,
                headers,
                parameters,
                body -> Write.of(name, new Action.Replace(ValueJson.readDocument(body, limits))));
    }

    /** {@code PATCH} of a document. */
    Mono<Reply> patch(DocumentName name, ServerHttpRequest request) {
        String type = MediaTypes.ofBody(request.getHeaders(), PATCHES, HttpHeaders.ACCEPT_PATCH);
        Parameters parameters = parameters(request, Set.of(WHERE, Parameters.INTEGERS, Parameters.ON_INVALID));
        WriteHeaders headers = WriteHeaders.of(request.getHeaders(), where(parameters));
        return withBody(request, headers, parameters, body -> patch(name, type, body));
    }

    /** {@code DELETE} of a document. */
    Mono<Reply> delete(DocumentName name, ServerHttpRequest request) {
        if (RequestBody.isAnnounced(request.getHeaders())) {
            throw Refusal.of(
                    ProblemType.MALFORMED, "DELETE takes no body; conditions go into If-Match or the parameter where");
        }
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), Set.of(WHERE));
        WriteHeaders headers = WriteHeaders.of(request.getHeaders(), where(parameters));
        return submit(headers.addTo(Write.of(name, new Action.Delete())), 0, headers, OutcomeReply::ofDelete);
    }

    /** {@code POST} to a collection. A repetition makes the same name of the same key, and so finds the first one's outcome. */
    Mono<Reply> create(CollectionName collection, ServerHttpRequest request) {
        MediaTypes.ofBody(request.getHeaders(), BODY, "Accept-Post");
        Parameters parameters = parameters(request, Set.of(Parameters.INTEGERS, Parameters.ON_INVALID));
        WriteHeaders headers = WriteHeaders.of(request.getHeaders(), null);
        DocumentName name = Address.named(() -> names.in(collection, headers.id()));
        return withBody(
                request,
                headers,
                parameters,
                body -> Write.of(name, new Action.Create(ValueJson.readDocument(body, limits))));
    }

    private Write patch(DocumentName name, String type, byte[] body) {
        return switch (type) {
            case MediaTypes.MERGE_PATCH -> WriteJson.readMergePatch(name, body, limits);
            case MediaTypes.JSON_PATCH -> WriteJson.readJsonPatch(name, body, limits);
            default -> WriteJson.readUpdate(name, body, limits);
        };
    }

    private Mono<Reply> withBody(
            ServerHttpRequest request, WriteHeaders headers, Parameters parameters, Function<byte[], Write> reading) {
        IntegerForm integers = parameters.integers();
        return RequestBody.of(request, limits.requestBytes())
                .flatMap(body -> submit(
                        headers.addTo(parameters.withOnInvalid(reading.apply(body))),
                        body.length,
                        headers,
                        answer -> OutcomeReply.of(answer, headers.preferences(), integers)));
    }

    private Mono<Reply> submit(Write write, int length, WriteHeaders headers, Function<Answer, Reply> reply) {
        Address.named(() -> limits.admit(write.document()));
        return headers.preferences().async()
                ? accept(write.id() == null ? write.withId(UUID.randomUUID().toString()) : write, headers)
                : ConnectionThread.resumed(writes.submit(write, length, null, headers.traceparent()))
                        .map(reply);
    }

    private Mono<Reply> accept(Write write, WriteHeaders headers) {
        return ConnectionThread.resumed(later.accept(write, null, headers.traceparent())
                .thenReturn(OutcomeReply.ofAccepted(write.document(), Objects.requireNonNull(write.id()))));
    }

    private static Parameters parameters(ServerHttpRequest request, Set<String> known) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        return Parameters.of(request.getURI().getRawQuery(), known);
    }

    private @Nullable Filter where(Parameters parameters) {
        String where = parameters.get(WHERE);
        return where == null ? null : FilterJson.read(where, limits);
    }
}
