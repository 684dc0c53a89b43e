package io.tributary.kafka.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** The configuration of the embedded broker, with the reason for each value that is not Kafka's own. */
final class BrokerProperties {

    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final String NODE = "1";

    private BrokerProperties() {}

    static Properties of(Path logDirectory, BrokerPorts ports) {
        Properties properties = new Properties();
        oneNode(properties, logDirectory, ports);
        durable(properties);
        soonReady(properties);
        small(properties);
        return properties;
    }

    private static void oneNode(Properties properties, Path logDirectory, BrokerPorts ports) {
        properties.setProperty("process.roles", "broker,controller");
        properties.setProperty("node.id", NODE);
        properties.setProperty("log.dirs", logDirectory.toAbsolutePath().toString());
        properties.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        properties.setProperty("controller.quorum.voters", NODE + "@" + BrokerPorts.HOST + ":" + ports.controller());
        properties.setProperty(
                "listeners",
                listener("PLAINTEXT", ports.broker()) + "," + listener(CONTROLLER_LISTENER, ports.controller()));
        properties.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.setProperty("offsets.topic.replication.factor", "1");
        properties.setProperty("transaction.state.log.replication.factor", "1");
        properties.setProperty("transaction.state.log.min.isr", "1");
        properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
        properties.setProperty("share.coordinator.state.topic.min.isr", "1");
        properties.setProperty("auto.create.topics.enable", "false");
    }

    /** There is no second copy elsewhere, so an acknowledged record has to be on this disk. */
    private static void durable(Properties properties) {
        properties.setProperty("log.flush.interval.messages", "1");
        // For topics that want to be written through by time instead: how often their time is looked at.
        properties.setProperty("log.flush.scheduler.interval.ms", "500");
    }

    private static void soonReady(Properties properties) {
        // After a kill the new broker has to wait until the session of the old one has ended. Much less, and a busy
        // machine that misses a heartbeat takes the broker for dead.
        properties.setProperty("broker.session.timeout.ms", "3000");
        properties.setProperty("broker.heartbeat.interval.ms", "500");
        properties.setProperty("controller.quorum.election.timeout.ms", "200");
        properties.setProperty("controller.quorum.election.backoff.max.ms", "200");
        properties.setProperty("group.initial.rebalance.delay.ms", "0");
        properties.setProperty("group.min.session.timeout.ms", "1000");
        properties.setProperty("group.consumer.min.session.timeout.ms", "1000");
        properties.setProperty("group.consumer.min.heartbeat.interval.ms", "250");
    }

    private static void small(Properties properties) {
        properties.setProperty("offsets.topic.num.partitions", "1");
        properties.setProperty("transaction.state.log.num.partitions", "1");
        properties.setProperty("share.coordinator.state.topic.num.partitions", "1");
        properties.setProperty("num.network.threads", "1");
        properties.setProperty("num.io.threads", "2");
        properties.setProperty("background.threads", "2");
        properties.setProperty("group.coordinator.threads", "1");
        properties.setProperty("log.cleaner.dedupe.buffer.size", Integer.toString(2 << 20));
        properties.setProperty("log.cleaner.io.buffer.size", Integer.toString(64 << 10));
        // Index files are mapped into memory at their full size; a segment of this size never fills one.
        properties.setProperty("log.segment.bytes", Integer.toString(128 << 20));
        properties.setProperty("log.index.size.max.bytes", Integer.toString(1 << 20));
    }

    private static String listener(String name, int port) {
        return name + "://" + BrokerPorts.HOST + ":" + port;
    }
}
