package io.tributary.service.http.server;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.tributary.change.Problem;
import io.tributary.change.ProblemType;
import io.tributary.json.ProblemJson;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Requests whose URL {@link URI} cannot read. Spring refuses them before any filter or handler is asked, with a bare 400;
 * here they get the problem that the caller can act on.
 */
final class InvalidTarget {

    private InvalidTarget() {}

    /** What {@code handled} does, unless Spring has given the request up already. */
    static Mono<Void> answered(Mono<Void> handled, Connection connection) {
        return connection instanceof HttpServerResponse response
                        && connection instanceof HttpServerRequest request
                        && response.status().equals(HttpResponseStatus.BAD_REQUEST)
                ? problem(request.uri(), response)
                : handled;
    }

    private static Mono<Void> problem(String target, HttpServerResponse response) {
        byte[] body = ProblemJson.write(problem(target));
        return response.header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
                .header(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length))
                .sendByteArray(Mono.just(body))
                .then();
    }

    private static Problem problem(String target) {
        int query = target.indexOf('?');
        return isValid(query < 0 ? target : target.substring(0, query))
                ? Problem.of(ProblemType.BAD_VALUE, "the query string holds characters that must be percent-encoded")
                : Problem.of(ProblemType.BAD_PATH, "the path is not validly percent-encoded");
    }

    private static boolean isValid(String path) {
        try {
            new URI(path);
            return true;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
