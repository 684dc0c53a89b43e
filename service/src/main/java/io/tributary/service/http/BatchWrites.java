package io.tributary.service.http;

import io.tributary.json.BatchJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.service.http.reply.BatchReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.request.WriteHeaders;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.intake.Batches;
import io.tributary.service.lane.Answer;
import io.tributary.write.Batch;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Turns requests into atomic batches, and what became of them into replies. */
final class BatchWrites {

    private final Batches batches;
    private final Limits limits;

    BatchWrites(Batches batches, Limits limits) {
        this.batches = batches;
        this.limits = limits;
    }

    /** {@code POST} of a batch, in a database. */
    Mono<Reply> submit(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), DocumentWrites.BODY, "Accept-Post");
        IntegerForm integers = Parameters.of(request.getURI().getRawQuery(), Set.of(Parameters.INTEGERS))
                .integers();
        WriteHeaders headers = WriteHeaders.ofBatch(request.getHeaders());
        return RequestBody.of(request, limits.requestBytes())
                .flatMap(body -> submit(BatchJson.read(database, body, limits), body.length, headers))
                .map(answer -> BatchReply.of(answer, headers.preferences(), integers));
    }

    private Mono<Answer> submit(Batch batch, int length, WriteHeaders headers) {
        return ConnectionThread.resumed(batches.submit(headers.addTo(batch), length, null, headers.traceparent()));
    }
}
