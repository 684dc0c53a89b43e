package io.tributary.load.contender;

import java.util.Locale;

/** What the service is measured beside. */
public enum Peer {
    PLAIN_HANDLER,
    RAW_SQL,
    ECHO,
    PARSE_SERVER,
    KAFKA_STREAMS,
    DEBEZIUM;

    /** What the option calls it, {@code raw-sql} for example. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Starts it on fresh ground. Blocks.
     *
     * @throws RuntimeException when it cannot start, with the reason
     */
    public Contender start(Testbed testbed) {
        return switch (this) {
            case PLAIN_HANDLER -> PlainHandler.start(testbed);
            case RAW_SQL -> RawSql.start(testbed);
            case ECHO -> Echo.start(testbed);
            case PARSE_SERVER -> ParseServer.start(testbed);
            case KAFKA_STREAMS -> KafkaStreams.start(testbed);
            case DEBEZIUM -> Debezium.start(testbed);
        };
    }
}
