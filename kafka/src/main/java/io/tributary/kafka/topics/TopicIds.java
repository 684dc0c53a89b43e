package io.tributary.kafka.topics;

import org.apache.kafka.common.Uuid;

/**
 * The ids that the brokers gave the topics. A topic that is deleted and created again has another: offsets that were
 * stored for the old one mean nothing for it.
 */
public record TopicIds(Uuid updates, Uuid changes, Uuid rejections) {}
