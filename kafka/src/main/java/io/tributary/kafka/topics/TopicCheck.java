package io.tributary.kafka.topics;

import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Says of one topic that is there whether it can serve.
 *
 * @param shape what it should be like
 */
record TopicCheck(TopicShape shape) {

    /** Each document has one lane for ever, and a producer finds it by the number of partitions. */
    void partitions(TopicDescription topic) {
        int partitions = topic.partitions().size();
        if (partitions < shape.lanes()) {
            throw new UnsuitableTopicException(
                    topic.name(),
                    "has " + partitions + " partitions, and the service " + shape.lanes() + " lanes",
                    "Mend it: " + command("topics", topic) + " --partitions " + shape.lanes());
        }
        if (partitions > shape.lanes()) {
            throw new UnsuitableTopicException(
                    topic.name(),
                    "has " + partitions + " partitions, and the service only " + shape.lanes() + " lanes",
                    "Partitions cannot be taken away: start with tributary.lanes=" + partitions
                            + " if nothing was written yet, name another topic, or, if nothing in this one is needed: "
                            + "kafka-topics.sh --bootstrap-server " + broker(topic) + " --delete --topic "
                            + topic.name());
        }
    }

    /** A committed change that the topic does not take would stop its lane's changelog for good. */
    void recordSize(TopicDescription topic, Config config) {
        int taken = Integer.parseInt(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        if (taken < shape.maxMessageBytes()) {
            throw new UnsuitableTopicException(
                    topic.name(),
                    "takes records of " + taken + " bytes, and the service's have up to " + shape.maxMessageBytes(),
                    mend(topic, TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=" + shape.maxMessageBytes()));
        }
    }

    /**
     * Compaction keeps a key's highest offset, not its highest sequence. What a former owner sends twice would replace
     * what is newer, for ever.
     */
    void notCompacted(TopicDescription topic, Config config) {
        String policy = value(config, TopicConfig.CLEANUP_POLICY_CONFIG);
        if (policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new UnsuitableTopicException(
                    topic.name(),
                    "has cleanup.policy=" + policy + ", and a compacted changelog loses changes",
                    mend(topic, TopicConfig.CLEANUP_POLICY_CONFIG + "=" + TopicConfig.CLEANUP_POLICY_DELETE));
        }
    }

    private static String value(Config config, String name) {
        return config.get(name).value();
    }

    private static String mend(TopicDescription topic, String setting) {
        return "Mend it: " + command("configs", topic) + " --add-config " + setting;
    }

    private static String command(String tool, TopicDescription topic) {
        return "kafka-" + tool + ".sh --bootstrap-server " + broker(topic) + " --alter --topic " + topic.name();
    }

    private static String broker(TopicDescription topic) {
        Node leader = topic.partitions().get(0).leader();
        return leader == null || leader.isEmpty() ? "<broker>" : leader.host() + ":" + leader.port();
    }
}
