package io.tributary.load.peer.plain;

import io.r2dbc.postgresql.PostgresqlConnectionFactoryProvider;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;
import org.springframework.web.reactive.function.server.RequestPredicate;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/** Serves increments of JSON documents, one transaction each. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PlainHandlerApplication {

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(PlainHandlerApplication.class)
                .properties("spring.config.name=plain-handler")
                .run(arguments);
    }

    /**
     * The driver's default puts every connection of the pool on the event loop that asked first, and so uses one core; the
     * plain handler is to have them all.
     */
    @Bean
    ConnectionFactoryOptionsBuilderCustomizer connectionsOnAllEventLoops() {
        LoopResources loops = LoopResources.create("postgresql", LoopResources.DEFAULT_IO_WORKER_COUNT, true);
        return options -> options.option(PostgresqlConnectionFactoryProvider.LOOP_RESOURCES, loops);
    }

    @Bean
    Documents documents(DatabaseClient database, TransactionalOperator transactions, JsonMapper mapper) {
        return new Documents(database, transactions, mapper);
    }

    @Bean
    RouterFunction<ServerResponse> routes(Documents documents) {
        RequestPredicate json = RequestPredicates.contentType(MediaType.APPLICATION_JSON);
        return RouterFunctions.route(
                        RequestPredicates.PATCH("/v1/documents/{collection}/{id}")
                                .and(json),
                        new IncrementHandler(documents))
                .and(RouterFunctions.route(RequestPredicates.POST("/v1/batch").and(json), new BatchHandler(documents)));
    }
}
