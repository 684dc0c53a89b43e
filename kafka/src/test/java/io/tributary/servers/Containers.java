package io.tributary.servers;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * PostgreSQL and Kafka in containers: one of each for all tests of a JVM, which ends them. Each starts when it is first
 * asked for; none is there where tests are to use embedded servers. Which it is says the system property {@code servers}:
 * {@code containers}, {@code embedded}, or {@code auto}, the default, for containers where they can be had. Thread-safe.
 */
public final class Containers {

    private static final Logger log = LoggerFactory.getLogger(Containers.class);
    private static final String POSTGRES = "postgres:18";
    private static final String KAFKA = "apache/kafka:4.2.1";

    private Containers() {}

    /**
     * The PostgreSQL, running, with a superuser; empty where tests use an embedded one. Blocks until it has started.
     *
     * @throws RuntimeException when containers were asked for and it cannot be had
     */
    public static Optional<PostgreSQLContainer> postgres() {
        return Postgres.SHARED;
    }

    /**
     * The broker, running; empty where tests use an embedded one. Blocks until it has started.
     *
     * @throws RuntimeException when containers were asked for and it cannot be had
     */
    public static Optional<KafkaContainer> kafka() {
        return Kafka.SHARED;
    }

    private static <C extends GenericContainer<C>> Optional<C> started(String image, Supplier<C> container) {
        if (Decision.MADE == Choice.EMBEDDED) {
            return Optional.empty();
        }
        try {
            C started = container.get();
            started.start();
            return Optional.of(started);
        } catch (RuntimeException e) {
            if (Decision.MADE == Choice.CONTAINERS) {
                throw e;
            }
            log.warn("Integration tests do without a container of {}, which does not start", image, e);
            return Optional.empty();
        }
    }

    /** What was chosen, {@link Choice#AUTO} being embedded servers where there are no containers. */
    private static final class Decision {

        static final Choice MADE = decide(Choice.of(System.getProperty("servers")));

        private static Choice decide(Choice asked) {
            Optional<String> obstacle = asked == Choice.EMBEDDED
                    ? Optional.of("-Dservers=embedded")
                    : new Docker("docker").obstacle(List.of(POSTGRES, KAFKA));
            if (obstacle.isEmpty()) {
                log.info("Integration tests use containers of {} and {}", POSTGRES, KAFKA);
                return asked;
            }
            if (asked == Choice.CONTAINERS) {
                throw new IllegalStateException("-Dservers=containers: " + obstacle.get());
            }
            log.info("Integration tests use embedded servers: {}", obstacle.get());
            return Choice.EMBEDDED;
        }
    }

    private static final class Postgres {

        static final Optional<PostgreSQLContainer> SHARED = started(POSTGRES, () -> new PostgreSQLContainer(POSTGRES));
    }

    private static final class Kafka {

        static final Optional<KafkaContainer> SHARED = started(KAFKA, Kafka::container);

        /** As the embedded broker is: its tests want groups that are soon ready, and no topics that nobody made. */
        private static KafkaContainer container() {
            return new KafkaContainer(KAFKA)
                    .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                    .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                    .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                    .withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "1000")
                    .withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "250")
                    .withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "1")
                    .withEnv("KAFKA_HEAP_OPTS", "-Xmx384m");
        }
    }
}
