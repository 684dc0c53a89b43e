package io.tributary.load.peer.echo;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Answers each request with its body. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class EchoApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(EchoApplication.class)
                .properties("spring.config.name=echo")
                .run(arguments);
    }

    @Bean
    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route(
                RequestPredicates.PATCH("/v1/documents/{collection}/{id}"), EchoApplication::answer);
    }

    private static Mono<ServerResponse> answer(ServerRequest request) {
        return request.bodyToMono(byte[].class)
                .flatMap(body -> ServerResponse.ok().bodyValue(body));
    }
}
