package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.FieldPaths;
import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.json.ReadJson;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.http.reply.DocumentReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Gives out documents by their names. */
final class DocumentReads {

    private static final Set<String> PARAMETERS = Set.of("fields", Parameters.INTEGERS);
    private static final Set<String> PARAMETERS_OF_ONE = Set.of("fields", "outcome", Parameters.INTEGERS);

    /** What a request for several documents gives out at most, but for larger ones that are asked for alone. */
    private static final long USUAL_BYTES = 16L << 20;

    /** How much larger a document may be as the store keeps it. */
    private static final long STORED = 3;

    private final Store store;
    private final OutcomeReads outcomes;
    private final Limits limits;
    private final long maxBytes;

    DocumentReads(Store store, OutcomeReads outcomes, Limits limits) {
        this.store = store;
        this.outcomes = outcomes;
        this.limits = limits;
        this.maxBytes = Math.max(USUAL_BYTES, STORED * limits.documentBytes());
    }

    /** {@code GET} of a document, or of the outcome of one of its writes. */
    Mono<Reply> get(DocumentName name, ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        MediaTypes.requireJsonAccepted(headers);
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), PARAMETERS_OF_ONE);
        List<FieldPath> fields = fields(parameters);
        IntegerForm integers = parameters.integers();
        String outcome = parameters.get("outcome");
        if (outcome != null) {
            return outcomes.get(name, outcome, Preferences.of(headers), integers);
        }
        EntityTags match = EntityTags.of(headers, HttpHeaders.IF_MATCH);
        EntityTags noneMatch = EntityTags.of(headers, HttpHeaders.IF_NONE_MATCH);
        return ConnectionThread.resumed(store.document(name)).map(document -> {
            requireExisting(document);
            requireMatch(document, match);
            return noneMatch != null && noneMatch.match(document.version())
                    ? Reply.empty(304).with(HttpHeaders.ETAG, EntityTags.tag(document.version()))
                    : DocumentReply.of(document, fields, integers);
        });
    }

    /** {@code POST} of names, in a database: all as of one moment. */
    Mono<Reply> together(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), List.of(MediaTypes.JSON), "Accept-Post");
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), PARAMETERS);
        List<FieldPath> fields = fields(parameters);
        IntegerForm integers = parameters.integers();
        return RequestBody.of(request, limits.requestBytes())
                .flatMap(body -> documents(ReadJson.read(database, body, limits)))
                .map(documents -> DocumentReply.of(documents, fields, integers));
    }

    private Mono<List<DocumentState>> documents(List<DocumentName> names) {
        return ConnectionThread.resumed(store.documents(names, maxBytes))
                .switchIfEmpty(Mono.error(() -> Refusal.of(
                        ProblemType.LIMIT_EXCEEDED,
                        "the documents have more than " + maxBytes + " bytes together; ask for fewer at a time")));
    }

    private static @Nullable List<FieldPath> fields(Parameters parameters) {
        String list = parameters.get("fields");
        return list == null ? null : FieldPaths.readList(list);
    }

    private static void requireExisting(DocumentState document) {
        if (!document.exists()) {
            throw refused(document, Problem.of(ProblemType.NOT_FOUND, "there is no such document"));
        }
    }

    private static void requireMatch(DocumentState document, @Nullable EntityTags match) {
        if (match != null && !match.match(document.version())) {
            Lifetime lifetime = Objects.requireNonNull(document.lifetime());
            throw refused(
                    document,
                    Problem.of(ProblemType.CONDITION_FAILED, "the document has another version than If-Match names")
                            .withCurrent(new Problem.Current(document.version(), lifetime.time())));
        }
    }

    private static ProblemException refused(DocumentState document, Problem problem) {
        return new ProblemException(problem.withDocument(document.name().path()));
    }
}
