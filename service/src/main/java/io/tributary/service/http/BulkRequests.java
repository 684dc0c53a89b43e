package io.tributary.service.http;

import io.tributary.json.IntegerForm;
import io.tributary.service.http.bulk.BulkWrites;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Preferences;
import io.tributary.service.http.request.WriteHeaders;
import java.util.List;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Turns requests into bulks of writes, and streams what became of them. */
final class BulkRequests {

    static final List<String> BODY = List.of(MediaTypes.NDJSON);

    private final BulkWrites bulk;

    BulkRequests(BulkWrites bulk) {
        this.bulk = bulk;
    }

    /** {@code POST} of a bulk, in a database. */
    Mono<Reply> submit(String database, ServerHttpRequest request) {
        IntegerForm integers = Parameters.of(request.getURI().getRawQuery(), Set.of(Parameters.INTEGERS))
                .integers();
        MediaTypes.requireAccepted(request.getHeaders(), MediaTypes.NDJSON);
        MediaTypes.ofBody(request.getHeaders(), BODY, "Accept-Post");
        WriteHeaders headers = WriteHeaders.ofBulk(request.getHeaders());
        Flux<byte[]> answers = bulk.answers(new BulkWrites.Request(database, headers, integers), request.getBody());
        Reply reply = Reply.streamed(200, MediaTypes.NDJSON, answers);
        Preferences.Return returns = headers.preferences().returns();
        return Mono.just(returns == null ? reply : reply.with("Preference-Applied", returns.applied()));
    }
}
