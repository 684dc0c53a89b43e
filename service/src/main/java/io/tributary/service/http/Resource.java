package io.tributary.service.http;

import io.tributary.change.ProblemType;
import io.tributary.service.http.reply.Reply;
import io.tributary.service.http.request.Address;
import io.tributary.service.http.request.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/**
 * A kind of URL: how an address of it is recognised, and what each method does there. {@code OPTIONS} and 405 follow from
 * that.
 *
 * @param <T> what an address of this kind names
 */
final class Resource<T> {

    /** What a method does. Emits the reply; errs with what {@link io.tributary.service.http.reply.ProblemHandler} translates. */
    interface Action<T> {
        Mono<Reply> on(T target, ServerHttpRequest request);
    }

    /** An {@link Action}, with what the address names. */
    interface Handler {
        Mono<Reply> on(ServerHttpRequest request);
    }

    private final List<String> templates;
    private final Function<Address, @Nullable T> recognition;
    private final Map<HttpMethod, Action<T>> actions = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();

    private Resource(List<String> templates, Function<Address, @Nullable T> recognition) {
        this.templates = templates;
        this.recognition = recognition;
    }

    /**
     * @param templates the paths as the OpenAPI document writes them
     * @param recognition what an address names, null when it is of another kind
     */
    static <T> Resource<T> at(List<String> templates, Function<Address, @Nullable T> recognition) {
        return new Resource<>(templates, recognition);
    }

    Resource<T> on(HttpMethod method, Action<T> action) {
        actions.put(method, action);
        return this;
    }

    /** Names the media types of a body in a header of the answer to {@code OPTIONS}. */
    Resource<T> announcing(String header, List<String> mediaTypes) {
        options.put(header, String.join(", ", mediaTypes));
        return this;
    }

    List<String> templates() {
        return templates;
    }

    List<HttpMethod> methods() {
        return List.copyOf(actions.keySet());
    }

    /**
     * What is to be done, null when the address is of another kind.
     *
     * @throws Refusal {@code method-not-allowed} with {@code Allow}
     */
    @Nullable
    Handler handler(Address address, HttpMethod method) {
        T target = recognition.apply(address);
        if (target == null) {
            return null;
        }
        Action<T> action = actions.get(method);
        if (action != null) {
            return request -> action.on(target, request);
        }
        if (method.equals(HttpMethod.OPTIONS)) {
            return request -> Mono.just(options());
        }
        throw Refusal.of(
                        ProblemType.METHOD_NOT_ALLOWED,
                        address.path(0) + " takes " + allowed()
                                + "; a document's name has an even number of segments, a" + " collection's an odd one")
                .with(HttpHeaders.ALLOW, allowed());
    }

    private Reply options() {
        Reply reply = Reply.empty(204).with(HttpHeaders.ALLOW, allowed());
        options.forEach(reply::with);
        return reply;
    }

    private String allowed() {
        return actions.keySet().stream().map(HttpMethod::name).collect(Collectors.joining(", ")) + ", OPTIONS";
    }
}
