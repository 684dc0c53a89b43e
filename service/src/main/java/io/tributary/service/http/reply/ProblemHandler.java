package io.tributary.service.http.reply;

import io.tributary.change.Problem;
import io.tributary.change.ProblemException;
import io.tributary.change.ProblemType;
import io.tributary.service.http.request.Refusal;
import io.tributary.service.store.StoreException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Mono;

/** Translates every error of a request into problem details, the framework's own included. The only place that does. */
public final class ProblemHandler implements WebExceptionHandler, Ordered {

    private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

    /** Before Spring Boot's own handler. */
    @Override
    public int getOrder() {
        return -2;
    }

    /** Completes when the problem is written, or nobody is left to read it; errs again when a response is under way. */
    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable error) {
        ServerHttpResponse response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(error);
        }
        if (hasLeft(error)) {
            log.debug("{}The client hung up", exchange.getLogPrefix());
            response.setStatusCode(HttpStatus.BAD_REQUEST);
            return Mono.empty();
        }
        return reply(error).writeTo(exchange);
    }

    /** A store's lost connection looks like a client's. */
    private static boolean hasLeft(Throwable error) {
        return !(error instanceof StoreException) && DisconnectedClientHelper.isClientDisconnectedException(error);
    }

    private static Reply reply(Throwable error) {
        return switch (error) {
            case Refusal refusal -> with(refusal.headers(), ProblemReply.of(refusal.problem()));
            case ProblemException refused -> ProblemReply.of(refused.problem());
            case StoreException away
            when isPassing(away) ->
                ProblemReply.of(Problem.of(ProblemType.UNAVAILABLE, "the store cannot be read at the moment"));
            case ErrorResponse framework
            when framework.getStatusCode().is4xxClientError() ->
                with(framework.getHeaders(), ProblemReply.of(problem(framework)));
            default -> unexpected(error);
        };
    }

    private static boolean isPassing(StoreException error) {
        return switch (error.kind()) {
            case AWAY, UNKNOWN, NOT_APPLIED -> true;
            case REFUSED, WRONG_VERSION -> false;
        };
    }

    private static Problem problem(ErrorResponse framework) {
        return switch (framework.getStatusCode().value()) {
            case 404 -> NotFound.problem();
            case 405 -> Problem.of(ProblemType.METHOD_NOT_ALLOWED, "the resource does not know this method");
            case 406 -> Problem.of(ProblemType.NOT_ACCEPTABLE, "the resource has no such media type");
            case 413 -> Problem.of(ProblemType.REQUEST_TOO_LARGE, "the request is too large");
            case 415 -> Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "the resource does not take this media type");
            default -> Problem.of(ProblemType.MALFORMED, "the request cannot be read");
        };
    }

    private static Reply unexpected(Throwable error) {
        UUID id = UUID.randomUUID();
        log.error("A request failed, id {}", id, error);
        return ProblemReply.of(Problem.of(
                ProblemType.INTERNAL, "something is wrong with the service; its log says more under the id " + id));
    }

    private static Reply with(HttpHeaders headers, Reply reply) {
        headers.forEach((name, values) -> values.forEach(value -> reply.with(name, value)));
        return reply;
    }
}
