package io.tributary.service.http;

import io.tributary.json.ValueJson;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.request.MediaTypes;
import io.tributary.service.http.request.Parameters;
import io.tributary.value.MapValue;
import io.tributary.value.StringValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** What the service says of itself: its version, and the OpenAPI document. */
final class Description {

    static final String OPEN_API_PATH = "/openapi.json";

    private final byte[] overview;
    private final byte[] openApi;

    Description(String version) {
        Map<String, StringValue> links = Map.of(
                "openapi", new StringValue(OPEN_API_PATH),
                "document", new StringValue("/v1/documents/{collection}/{id}"),
                "collection", new StringValue("/v1/documents/{collection}"),
                "query", new StringValue("/v1/query"),
                "read", new StringValue("/v1/read"),
                "batch", new StringValue("/v1/batch"),
                "bulk", new StringValue("/v1/bulk"),
                "updateByQuery", new StringValue("/v1/update-by-query"),
                "jobs", new StringValue("/v1/jobs"));
        overview = ValueJson.write(MapValue.of(Map.of(
                "name", new StringValue("tributary"),
                "version", new StringValue(version),
                "links", MapValue.of(links))));
        openApi = openApi();
    }

    /** {@code GET /v1}. */
    Mono<Reply> overview(Address address, ServerHttpRequest request) {
        return json(overview, request);
    }

    /** {@code GET /openapi.json}. */
    Mono<Reply> openApi(Address address, ServerHttpRequest request) {
        return json(openApi, request);
    }

    private static Mono<Reply> json(byte[] body, ServerHttpRequest request) {
        MediaTypes.requireJsonAccepted(request.getHeaders());
        Parameters.of(request.getURI().getRawQuery(), Set.of());
        return Mono.just(Reply.of(200, MediaTypes.JSON, body));
    }

    private static byte[] openApi() {
        try (InputStream in = Objects.requireNonNull(Description.class.getResourceAsStream(OPEN_API_PATH))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
