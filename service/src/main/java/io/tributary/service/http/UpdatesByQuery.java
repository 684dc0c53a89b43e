package io.tributary.service.http;

import io.tributary.change.ProblemType;
import io.tributary.json.Limits;
import io.tributary.json.UpdateByQueryJson;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.reply.UpdateReply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.request.WriteHeaders;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.job.Jobs;
import io.tributary.service.job.Patience;
import io.tributary.service.job.Reception;
import io.tributary.write.Condition;
import java.util.List;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns requests into updates by query, and what became of them into replies. */
final class UpdatesByQuery {

    /** Jobs keep their requests. A value that is larger than a document could not be set anyway. */
    private static final long BESIDE_A_DOCUMENT = 1 << 20;

    private final Jobs jobs;
    private final Limits limits;

    UpdatesByQuery(Jobs jobs, Limits limits) {
        this.jobs = jobs;
        this.limits = limits.withRequestBytes(
                (int) Math.min(limits.requestBytes(), limits.documentBytes() + BESIDE_A_DOCUMENT));
    }

    /** {@code POST} of an update by query, in a database. */
    Mono<Reply> submit(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), List.of(MediaTypes.JSON), "Accept-Post");
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        WriteHeaders headers = headers(request);
        return RequestBody.of(request, limits.requestBytes())
                .flatMap(body -> submit(database, body, headers))
                .map(reception -> UpdateReply.of(database, reception, headers.preferences()));
    }

    private static WriteHeaders headers(ServerHttpRequest request) {
        WriteHeaders headers = WriteHeaders.of(request.getHeaders(), null);
        if (!headers.condition().equals(Condition.NONE)) {
            throw Refusal.of(
                    ProblemType.MALFORMED, "an update by query has its condition in \"where\", not in the headers");
        }
        return headers;
    }

    private Mono<Reception> submit(String database, byte[] body, WriteHeaders headers) {
        Preferences preferences = headers.preferences();
        return ConnectionThread.resumed(jobs.submit(
                UpdateByQueryJson.read(database, body, limits),
                headers.id(),
                new Patience(preferences.async(), preferences.patience())));
    }
}
