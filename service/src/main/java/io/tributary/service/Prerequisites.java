package io.tributary.service;

import io.tributary.kafka.topics.TopicIds;
import io.tributary.kafka.topics.Topics;
import io.tributary.kafka.topics.UnsuitableTopicException;
import io.tributary.service.definition.Definitions;
import io.tributary.service.start.Patience;
import io.tributary.service.start.RefusedStartException;
import io.tributary.service.store.StoreException;
import io.tributary.service.store.postgres.IdempotencyPartitions;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** What has to be there before the first write: room for outcomes to be remembered, the schemas and triggers, and the topics. */
final class Prerequisites implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Prerequisites.class);
    private static final Duration ATTEMPT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Servers servers;
    private final Patience patience;
    private final IdempotencyPartitions partitions;
    private final Definitions definitions;
    private final Topics topics;
    private final boolean kafkaGivesTheLanes;
    private Disposable preparing = Disposables.disposed();

    /** @param kafkaGivesTheLanes an instance that shares the lanes with others is assigned none without Kafka */
    Prerequisites(
            Servers servers,
            Patience patience,
            IdempotencyPartitions partitions,
            Definitions definitions,
            Topics topics,
            boolean kafkaGivesTheLanes) {
        this.servers = servers;
        this.patience = patience;
        this.partitions = partitions;
        this.definitions = definitions;
        this.topics = topics;
        this.kafkaGivesTheLanes = kafkaGivesTheLanes;
    }

    /**
     * Blocks until writes can be taken.
     *
     * @throws RefusedStartException when a server does not answer in time, or a topic cannot serve
     */
    void await() {
        patience.await(
                        servers.database(),
                        partitions.tend().then(definitions.refreshed()),
                        StoreException.class::isInstance)
                .block();
        if (kafkaGivesTheLanes) {
            patience.await(servers.broker(), prepared(), failure -> !isRefusal(failure))
                    .onErrorMap(Prerequisites::isRefusal, this::refused)
                    .block();
        } else {
            prepared()
                    .onErrorMap(UnsuitableTopicException.class, this::refused)
                    .onErrorResume(failure -> !(failure instanceof RefusedStartException), this::later)
                    .block();
        }
    }

    private Mono<TopicIds> prepared() {
        return topics.prepared()
                .timeout(
                        ATTEMPT,
                        Mono.error(() -> new TimeoutException("no answer within " + ATTEMPT.toSeconds() + " s")));
    }

    /** An owner of all lanes needs no Kafka to take writes. */
    private Mono<TopicIds> later(Throwable away) {
        log.warn(
                "{} does not answer; writes over HTTP are taken, and changes wait in the database: {}",
                servers.broker().name(),
                away.getMessage());
        preparing = topics.prepared()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY)
                        .filter(failure -> !(failure instanceof UnsuitableTopicException)))
                .subscribe(
                        ready -> log.info("Kafka answers, the topics are ready"),
                        unsuitable -> log.error("nothing is published: {}", unsuitable.getMessage()));
        return Mono.empty();
    }

    private static boolean isRefusal(Throwable failure) {
        return failure instanceof UnsuitableTopicException
                || failure instanceof AuthenticationException
                || failure instanceof AuthorizationException;
    }

    private RefusedStartException refused(Throwable failure) {
        return failure instanceof UnsuitableTopicException unsuitable
                ? new RefusedStartException(unsuitable.fault(), unsuitable.remedy(), unsuitable)
                : new RefusedStartException(
                        servers.broker().name() + " refuses: " + failure.getMessage(),
                        "Check tributary.kafka.properties and what the service's user is allowed to do.",
                        failure);
    }

    /** Does not go on preparing what is not ready. */
    @Override
    public void close() {
        preparing.dispose();
    }
}
