package io.tributary.service.http;

import io.tributary.change.ProblemType;
import io.tributary.json.FieldPaths;
import io.tributary.json.FilterJson;
import io.tributary.json.IntegerForm;
import io.tributary.json.Limits;
import io.tributary.json.QueryJson;
import io.tributary.json.SortKeys;
import io.tributary.name.CollectionName;
import io.tributary.query.Query;
import io.tributary.service.http.reply.DocumentReply;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.http.request.RequestBody;
import io.tributary.service.http.server.ConnectionThread;
import io.tributary.service.query.Queries;
import io.tributary.write.Filter;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Gives out pages of a collection's documents. */
final class CollectionReads {

    private static final Set<String> PARAMETERS =
            Set.of("where", "orderBy", "limit", "cursor", "fields", "total", Parameters.INTEGERS);

    private final Queries queries;
    private final Limits limits;

    CollectionReads(Queries queries, Limits limits) {
        this.queries = queries;
        this.limits = limits;
    }

    /** {@code GET} of a collection. */
    Mono<Reply> list(CollectionName collection, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters parameters = Parameters.of(request.getURI().getRawQuery(), PARAMETERS);
        return page(query(collection, parameters), parameters.integers());
    }

    /** {@code POST} of a query, in a database. */
    Mono<Reply> query(String database, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        MediaTypes.ofBody(request.getHeaders(), List.of(MediaTypes.JSON), "Accept-Post");
        IntegerForm integers = Parameters.of(request.getURI().getRawQuery(), Set.of(Parameters.INTEGERS))
                .integers();
        return RequestBody.of(request, limits.requestBytes())
                .flatMap(body -> page(QueryJson.read(database, body, limits), integers));
    }

    private Mono<Reply> page(Query query, IntegerForm integers) {
        return ConnectionThread.resumed(queries.page(query))
                .map(page -> DocumentReply.of(page, query.fields(), integers));
    }

    private Query query(CollectionName collection, Parameters parameters) {
        String where = parameters.get("where");
        String orderBy = parameters.get("orderBy");
        String fields = parameters.get("fields");
        return new Query(
                collection,
                where == null ? Filter.ALWAYS : FilterJson.read(where, limits),
                orderBy == null ? List.of() : SortKeys.read(orderBy),
                limit(parameters.get("limit")),
                parameters.get("cursor"),
                fields == null ? null : FieldPaths.readList(fields),
                parameters.flag("total"));
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return Query.DEFAULT_LIMIT;
        }
        if (limit.matches("[1-9][0-9]{0,3}") && Integer.parseInt(limit) <= Query.MAX_LIMIT) {
            return Integer.parseInt(limit);
        }
        throw Refusal.of(ProblemType.BAD_VALUE, "a limit is a number from 1 to " + Query.MAX_LIMIT);
    }
}
