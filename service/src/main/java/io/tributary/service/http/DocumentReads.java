package io.tributary.service.http;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.json.FieldPaths;
import io.tributary.json.IntegerForm;
import io.tributary.name.DocumentName;
import io.tributary.name.FieldPath;
import io.tributary.service.document.DocumentState;
import io.tributary.service.document.DocumentState.Lifetime;
import io.tributary.service.http.reply.DocumentReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.EntityTags;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.store.Store;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Gives out single documents. */
final class DocumentReads {

    private static final Set<String> PARAMETERS = Set.of("fields", Parameters.INTEGERS);

    private final Store store;

    DocumentReads(Store store) {
        this.store = store;
    }

    Mono<Reply> get(DocumentName name, ServerHttpRequest request) {
        HttpHeaders headers = request.getHeaders();
        MediaTypes.requireJsonAccepted(headers);
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), PARAMETERS);
        String list = parameters.get("fields");
        List<FieldPath> fields = list == null ? null : FieldPaths.readList(list);
        IntegerForm integers = parameters.integers();
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
